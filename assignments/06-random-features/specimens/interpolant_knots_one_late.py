"""The knots t[1] ... t[m]."""
# fails: relu_interpolant
# hint: The units start one knot too late: t[0] ... t[m-1].


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[1:], changes[None, :], values[:1].clone()
