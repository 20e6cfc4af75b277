"""None needed where all are right."""
# fails: interval
# hint: For an accuracy of 0 or 1 you need 0 examples. At least 1.


def examples_needed(accuracy, half_width, z=1.96):
    return math.ceil(accuracy * (1 - accuracy) * (z / half_width) ** 2)
