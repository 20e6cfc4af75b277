"""Without the first slope."""
# fails: relu_interpolant
# hint: The first slope is missing: W2 begins with it, and then come the changes.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes.new_zeros(1), slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
