"""b1 is plus the knots."""
# fails: relu_interpolant
# hint: relu(x + t) bends at -t. b1 is minus the knots.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, knots[:-1], changes[None, :], values[:1].clone()
