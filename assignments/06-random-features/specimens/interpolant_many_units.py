"""Thousands of units of its own."""
# fails: relu_interpolant
# hint: Many more hidden units than knots: at most one for each knot.


def relu_interpolant(f, knots):
    knots = torch.linspace(knots[0].item(), knots[-1].item(), 4001, dtype=knots.dtype)
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
