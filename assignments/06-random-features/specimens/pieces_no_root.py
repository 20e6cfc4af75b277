"""Without the root."""
# fails: relu_interpolant
# hint: This is m squared: take the root before you round up.


def pieces_needed(curvature, length, error):
    return max(1, math.ceil(length**2 * curvature / (8 * error)))
