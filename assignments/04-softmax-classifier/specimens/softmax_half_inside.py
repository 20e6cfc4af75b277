"""Computes in half precision to save memory."""
# fails: softmax
# hint: You compute in a narrower dtype than that of x, which loses digits and overflows early. Stay with x's dtype.


def softmax(x, dim):
    x0 = x
    x = x.half()
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    p = e / e.sum(dim=dim, keepdim=True)
    p = p.to(x0.dtype)
    return p
