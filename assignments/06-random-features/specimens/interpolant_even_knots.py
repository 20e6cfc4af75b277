"""One width for all pieces."""
# fails: relu_interpolant
# hint: The knots are not evenly spaced: each slope has a width of its own, knots.diff().


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / (knots[1] - knots[0])
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
