"""Always with .25."""
# fails: interval
# hint: You compute with an accuracy of one half, the worst case. Use the one that was passed.


def examples_needed(accuracy, half_width, z=1.96):
    return math.ceil(0.25 * (z / half_width) ** 2)
