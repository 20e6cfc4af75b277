"""0 pieces for a line."""
# fails: relu_interpolant
# hint: A straight line gets 0 pieces. There is always at least one.


def pieces_needed(curvature, length, error):
    return math.ceil(length * math.sqrt(curvature / (8 * error)))
