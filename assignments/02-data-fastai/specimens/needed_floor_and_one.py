"""One too many where the formula gives a whole number."""
# fails: interval
# hint: Where the formula gives a whole number, that many are enough: math.ceil, not int() + 1.


def examples_needed(accuracy, half_width, z=1.96):
    return int(accuracy * (1 - accuracy) * (z / half_width) ** 2) + 1
