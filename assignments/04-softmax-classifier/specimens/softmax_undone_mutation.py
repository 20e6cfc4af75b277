"""Shifts the caller's scores in place, and back again."""
# fails: softmax
# hint: You write into the caller's scores. Adding the maximum again does not undo it: work with a new tensor, x -
#     maximum.


def softmax(x, dim):
    m = x.detach().amax(dim, keepdim=True)
    x.data.sub_(m)
    e0 = x.exp()
    x.data.add_(m)
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    p = e / e.sum(dim=dim, keepdim=True)
    return p
