"""Spaces the knots evenly by itself."""
# fails: relu_interpolant
# hint: The knots that were given are replaced by even ones.


def relu_interpolant(f, knots):
    knots = torch.linspace(knots[0].item(), knots[-1].item(), len(knots), dtype=knots.dtype)
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
