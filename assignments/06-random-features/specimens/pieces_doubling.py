"""Only powers of two."""
# fails: relu_interpolant
# hint: Only powers of two are tried. The smallest number is asked for.


def pieces_needed(curvature, length, error):
    m = 1
    while curvature * (length / m) ** 2 / 8 > error:
        m *= 2
    return m
