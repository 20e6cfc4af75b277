"""The root of the mean squared error."""
# fails: loss_surface
# says: Leave the root out
# hint: You take the root of the mean. The loss asked for is the mean squared error itself.


def loss_surface(slopes, intercepts, x, y):
    return (slopes[:, None, None] * x + intercepts[None, :, None] - y).square().mean(-1).sqrt()
