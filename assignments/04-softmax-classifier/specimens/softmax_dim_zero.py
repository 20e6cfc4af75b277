"""Sums over the batch: axis 0 and axis 1 confused."""
# fails: softmax
# hint: You always reduce over dimension 0. Use the `dim` that you are given.


def softmax(x, dim):
    e = (x - x.amax(dim=0, keepdim=True)).exp()
    return e / e.sum(dim=0, keepdim=True)
