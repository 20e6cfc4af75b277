"""Differences of values, not divided."""
# fails: relu_interpolant
# hint: A slope is the difference of the values divided by the width of the piece.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
