"""b2 is zero."""
# fails: relu_interpolant
# hint: The curve starts at height 0: b2 is f at the first knot.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], torch.zeros(1, dtype=knots.dtype)
