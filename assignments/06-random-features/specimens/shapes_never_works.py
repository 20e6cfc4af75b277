"""Says that it never works."""
# fails: lecture_shapes
# hint: With k = d the matrix is square, and the printed line does work.


def printed_works(d, k):
    return False
