"""Half a width twice."""
# fails: interval
# hint: half_width is the distance from the middle to one end: z standard errors, not 2 z.


def examples_needed(accuracy, half_width, z=1.96):
    return max(1, math.ceil(accuracy * (1 - accuracy) * (2 * z / half_width) ** 2))
