"""n outside the root."""
# fails: interval
# hint: n belongs inside the root: four times as many examples halve the error.


def standard_error(accuracy, n):
    return math.sqrt(accuracy * (1 - accuracy)) / n
