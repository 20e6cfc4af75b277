"""Rounds down."""
# fails: relu_interpolant
# hint: Rounding down gives too few pieces: math.ceil.


def pieces_needed(curvature, length, error):
    return max(1, int(length * math.sqrt(curvature / (8 * error))))
