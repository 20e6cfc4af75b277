"""Divides by N - 1."""
# fails: loss_surface
# hint: You divide by N - 1. The mean squared error divides by N.


def loss_surface(slopes, intercepts, x, y):
    squares = (slopes[:, None, None] * x + intercepts[None, :, None] - y).square()
    return squares.sum(-1) / (len(x) - 1 + 1e-9)
