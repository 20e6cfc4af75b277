"""b2 is f at the last knot."""
# fails: relu_interpolant
# hint: b2 is f at the last knot, and should be that at the first, where all units are still off.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[-1:].clone()
