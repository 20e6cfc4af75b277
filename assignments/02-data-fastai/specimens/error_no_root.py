"""The variance."""
# fails: interval
# hint: That is the variance of the mean. The standard error is its root.


def standard_error(accuracy, n):
    return accuracy * (1 - accuracy) / n
