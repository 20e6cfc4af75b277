"""Off by one: for an odd number the value below the middle."""
# fails: outliers
# hint: Your second constant is one place below the middle. Half of N, rounded down, is the place, counted from 0.


def best_constants(y):
    return y.mean(), y.sort().values[max(0, len(y) // 2 - 1)]
