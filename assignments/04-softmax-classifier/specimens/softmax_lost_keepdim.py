"""No keepdim: an error for most shapes, and silently the sums of other rows in a square matrix."""
# fails: softmax
# says: keepdim
# hint: Your sum lost its dimension: most shapes raise an error, and a square table is divided by other rows' sums.
#     Keep the dimension with size 1.


def softmax(x, dim):
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    return e / e.sum(dim=dim)
