"""float32 weights."""
# fails: relu_interpolant
# hint: The weights are float32, and the knots float64.


def relu_interpolant(f, knots):
    knots = knots.float()
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
