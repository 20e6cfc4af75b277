"""The changes with the other sign."""
# fails: relu_interpolant
# hint: The changes of slope have the wrong sign: the new slope minus the old one.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], -slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
