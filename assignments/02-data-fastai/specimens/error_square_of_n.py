"""n squared."""
# fails: interval


def standard_error(accuracy, n):
    return math.sqrt(accuracy * (1 - accuracy) / n**2)
