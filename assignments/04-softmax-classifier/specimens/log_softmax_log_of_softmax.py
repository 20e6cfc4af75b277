"""The log of the softmax: -inf as soon as a probability underflows."""
# fails: log_softmax
# says: underflows
# hint: You take the log of a softmax: -inf as soon as a probability underflows to 0. Subtract logsumexp from the
#     scores instead.


def log_softmax(x, dim):
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    return (e / e.sum(dim=dim, keepdim=True)).log()
