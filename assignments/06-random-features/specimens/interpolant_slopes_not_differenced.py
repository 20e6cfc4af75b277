"""Slopes instead of their changes."""
# fails: relu_interpolant
# hint: W2 holds the slopes themselves. A ReLU stays on after its knot, so each knot adds only what the slope
#     changes there.


def relu_interpolant(f, knots):
    values = f(knots)
    slopes = values.diff() / knots.diff()
    changes = slopes
    W1 = torch.ones(len(changes), 1, dtype=knots.dtype)
    return W1, -knots[:-1], changes[None, :], values[:1].clone()
