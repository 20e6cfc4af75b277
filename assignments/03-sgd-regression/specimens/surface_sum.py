"""The sum over the examples in place of their mean."""
# fails: loss_surface
# says: sum over the examples
# hint: You add the squares up and do not divide by N. A loss is a mean, so that its size does not depend on the
#     number of examples.


def loss_surface(slopes, intercepts, x, y):
    return (slopes[:, None, None] * x + intercepts[None, :, None] - y).square().sum(-1)
