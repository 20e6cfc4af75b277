"""One maximum for the whole tensor: right for a single row, where it was tried; rows far below it become 0/0."""
# fails: softmax
# says: own maximum
# hint: You take one maximum for the whole tensor, and rows far below it become 0/0. Each row needs its own, along
#     dim.


def softmax(x, dim):
    e = (x - x.max()).exp()
    return e / e.sum(dim=dim, keepdim=True)
