"""W2 as a vector."""
# fails: relu_interpolant
# hint: W2 has shape (h,), and should be (1, h): a layer with one output.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes, values[:1].clone()
