"""No keepdim: an error for most shapes, and silently the sums of other rows in a square matrix."""
# fails: softmax
# says: keepdim


def softmax(x, dim):
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    return e / e.sum(dim=dim)
