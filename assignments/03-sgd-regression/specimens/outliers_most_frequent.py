"""The most frequent value."""
# fails: outliers
# hint: You give the most frequent value, which minimises the number of mistakes and not their size.


def best_constants(y):
    return y.mean(), y.mode().values
