"""n - 1 for n."""
# fails: interval
# hint: You divide by n - 1. The formula has n.


def standard_error(accuracy, n):
    return math.sqrt(accuracy * (1 - accuracy) / max(n - 1, 1))
