"""The mean of the middle half: robust, but not the minimum."""
# fails: outliers
# hint: You average the values in the middle. It is robust, and yet not what makes the mean absolute error smallest.


def best_constants(y):
    n = len(y)
    middle = y.sort().values[n // 4 : n - n // 4]
    return y.mean(), middle.mean()
