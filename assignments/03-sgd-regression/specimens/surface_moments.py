"""The square multiplied out: means over the data first, and then the grid."""
# fails: nothing


def loss_surface(slopes, intercepts, x, y):
    s, c = slopes.unsqueeze(1), intercepts.unsqueeze(0)
    linear = s**2 * (x * x).mean() + 2 * s * c * x.mean() + c**2
    return linear - 2 * s * (x * y).mean() - 2 * c * y.mean() + (y * y).mean()
