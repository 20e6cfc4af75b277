"""Gives b the size of x."""
# fails: lecture_shapes
# hint: b is added to Mx, which has k entries, not d.


def mended_shapes(n, d, k):
    return (k, d), (d,), (k,), (n, k)
