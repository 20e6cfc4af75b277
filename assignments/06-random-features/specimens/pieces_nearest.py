"""Rounds to the nearest."""
# fails: relu_interpolant
# hint: round() gives too few pieces every other time: math.ceil.


def pieces_needed(curvature, length, error):
    return max(1, round(length * math.sqrt(curvature / (8 * error))))
