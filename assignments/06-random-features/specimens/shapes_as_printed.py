"""Leaves M as the notes have it."""
# fails: lecture_shapes
# says: shape of M
# hint: This is the shape that the notes print. M has to turn d numbers into k: k rows of d numbers.


def mended_shapes(n, d, k):
    return (d, k), (k,), (k,), (n, k)
