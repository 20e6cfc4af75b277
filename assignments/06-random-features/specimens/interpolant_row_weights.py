"""W1 as a row."""
# fails: relu_interpolant
# hint: W1 has shape (1, h), and should be (h, 1): h units with one input.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(1, len(changes), dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
