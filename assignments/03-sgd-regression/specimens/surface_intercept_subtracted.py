"""A sign: slope * x - intercept."""
# fails: loss_surface
# hint: You subtract the intercept from slope * x. It is added: the prediction is slope * x + intercept.


def loss_surface(slopes, intercepts, x, y):
    return (slopes[:, None, None] * x - intercepts[None, :, None] - y).square().mean(-1)
