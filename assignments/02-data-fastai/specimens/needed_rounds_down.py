"""Rounds down."""
# fails: interval
# hint: You round down: that many are not quite enough. Round up.


def examples_needed(accuracy, half_width, z=1.96):
    return max(1, int(accuracy * (1 - accuracy) * (z / half_width) ** 2))
