"""The value in the middle, of values that nobody sorted."""
# fails: outliers
# hint: You take the value in the middle of the list as it came. Sort it first.


def best_constants(y):
    return y.mean(), y[len(y) // 2]
