"""b2 without a dimension."""
# fails: relu_interpolant
# hint: b2 has shape (), and should be (1,).


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[0].clone()
