"""Maximum and sum of the whole tensor, as in a solution that once was published for one row: the batch sums to one,
not its rows."""
# fails: softmax
# says: not over the whole tensor


def softmax(x, dim):
    e = (x - x.max()).exp()
    return e / e.sum()
