"""The length stays squared."""
# fails: relu_interpolant


def pieces_needed(curvature, length, error):
    return max(1, math.ceil(length**2 * math.sqrt(curvature / (8 * error))))
