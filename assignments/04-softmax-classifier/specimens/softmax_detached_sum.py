"""The sum in the denominator is detached: a part of the gradient is missing."""
# fails: softmax
# hint: The values are right, but the gradient lacks a part: the sum in the denominator depends on x as well. Detach
#     nothing but the maximum.


def softmax(x, dim):
    e = (x - x.amax(dim, keepdim=True)).exp()
    return e / e.sum(dim, keepdim=True).detach()
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    p = e / e.sum(dim=dim, keepdim=True)
    return p
