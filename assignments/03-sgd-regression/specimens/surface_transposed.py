"""Rows are intercepts and columns slopes."""
# fails: loss_surface
# says: exchanged
# hint: Your rows are the intercepts and your columns the slopes. Entry [i, j] belongs to slopes[i] and
#     intercepts[j].


def loss_surface(slopes, intercepts, x, y):
    return (slopes[None, :, None] * x + intercepts[:, None, None] - y).square().mean(-1)
