"""Calls f with Python floats."""
# fails: relu_interpolant
# hint: f takes tensors. Call it once, with all knots.


def relu_interpolant(f, knots):
    values = torch.tensor([f(t) for t in knots.tolist()], dtype=knots.dtype)
    slopes = values.diff() / knots.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
