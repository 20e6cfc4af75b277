"""A detour through float32."""
# fails: loss_surface
# hint: You convert to float32. The result has the dtype of what came in.


def loss_surface(slopes, intercepts, x, y):
    slopes, intercepts, x, y = slopes.float(), intercepts.float(), x.float(), y.float()
    return (slopes[:, None, None] * x + intercepts[None, :, None] - y).square().mean(-1)
