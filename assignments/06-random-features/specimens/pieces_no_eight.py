"""Without the 8."""
# fails: relu_interpolant
# hint: The 8 of the bound is missing.


def pieces_needed(curvature, length, error):
    return max(1, math.ceil(length * math.sqrt(curvature / error)))
