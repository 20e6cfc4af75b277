"""n squared."""
# fails: interval
# hint: You divide by n squared inside the root. p (1 - p) / n, and then the root.


def standard_error(accuracy, n):
    return math.sqrt(accuracy * (1 - accuracy) / n**2)
