"""Ignores dim: every example in the lecture had classes last."""
# fails: softmax
# says: not always over the last dimension
# hint: You always reduce over the last dimension. Use the `dim` that you are given.


def softmax(x, dim):
    e = (x - x.amax(dim=-1, keepdim=True)).exp()
    return e / e.sum(dim=-1, keepdim=True)
