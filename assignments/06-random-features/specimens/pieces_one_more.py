"""Adds one to the rounded down number."""
# fails: relu_interpolant
# hint: Where the bound is met exactly, this is one piece too many: math.ceil instead of floor + 1.


def pieces_needed(curvature, length, error):
    return max(1, math.floor(length * math.sqrt(curvature / (8 * error))) + 1)
