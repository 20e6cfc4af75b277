"""Sorts the caller's values."""
# fails: outliers
# reason: mutated_input
# hint: You sort the caller's y: the targets do not belong to their examples any more.


def best_constants(y):
    y[:] = y.sort().values
    return y.mean(), y[len(y) // 2]
