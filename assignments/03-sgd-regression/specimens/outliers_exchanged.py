"""Median for squares, mean for absolute values."""
# fails: outliers
# hint: Your two constants have changed places. The mean belongs to the squared error.


def best_constants(y):
    return y.median(), y.mean()
