"""Absolute values in place of squares."""
# fails: loss_surface
# hint: You average absolute errors. Square the residuals.


def loss_surface(slopes, intercepts, x, y):
    return (slopes[:, None, None] * x + intercepts[None, :, None] - y).abs().mean(-1)
