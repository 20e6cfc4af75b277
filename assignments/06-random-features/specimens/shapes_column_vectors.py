"""Column vectors, as mathematicians write them."""
# fails: lecture_shapes
# hint: x has shape (d,) here, so that M @ x has shape (k,), without a second dimension.


def mended_shapes(n, d, k):
    return (k, d), (k, 1), (k, 1), (n, k)
