"""Ignores z."""
# fails: interval
# hint: You use 1.96 whatever z was passed.


def examples_needed(accuracy, half_width, z=1.96):
    return max(1, math.ceil(accuracy * (1 - accuracy) * (1.96 / half_width) ** 2))
