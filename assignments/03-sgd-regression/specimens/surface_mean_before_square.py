"""The square of the mean residual."""
# fails: loss_surface
# hint: You square the mean of the residuals, in which positive and negative ones cancel. Square first, then
#     average.


def loss_surface(slopes, intercepts, x, y):
    return (slopes[:, None, None] * x + intercepts[None, :, None] - y).mean(-1).square()
