"""The first slope with the first intercept, the second with the second: no grid."""
# fails: loss_surface
# hint: You pair slopes[i] with intercepts[i]. A grid has every slope with every intercept: give them dimensions of
#     their own.


def loss_surface(slopes, intercepts, x, y):
    return (slopes[:, None] * x + intercepts[:, None] - y).square().mean(1)
