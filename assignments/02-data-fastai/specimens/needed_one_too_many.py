"""int() + 1."""
# fails: nothing


def examples_needed(accuracy, half_width, z=1.96):
    exact = accuracy * (1 - accuracy) * (z / half_width) ** 2
    return max(1, int(exact) + (exact > int(exact)))
