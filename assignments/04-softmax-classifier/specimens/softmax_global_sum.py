"""Maximum and sum of the whole tensor, as in a solution that once was published for one row: the batch sums to one,
not its rows."""
# fails: softmax
# says: not over the whole tensor
# hint: You took the maximum and the sum over the whole tensor, so the batch sums to one, not its rows. Reduce along
#     dim, with keepdim=True.


def softmax(x, dim):
    e = (x - x.max()).exp()
    return e / e.sum()
