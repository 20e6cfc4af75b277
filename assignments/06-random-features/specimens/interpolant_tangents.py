"""Derivatives at the knots instead of slopes between them."""
# fails: relu_interpolant
# hint: These are slopes at the knots. The line between two knots has the slope of the chord: difference of
#     values over difference of knots.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = ((f(knots + 1e-5) - f(knots - 1e-5)) / 2e-5)[:-1]
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
