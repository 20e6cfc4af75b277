"""A float."""
# fails: relu_interpolant
# hint: A number of pieces is an int.


def pieces_needed(curvature, length, error):
    return float(max(1, math.ceil(length * math.sqrt(curvature / (8 * error)))))
