"""The log of the softmax: -inf as soon as a probability underflows."""
# fails: log_softmax
# says: underflows


def log_softmax(x, dim):
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    return (e / e.sum(dim=dim, keepdim=True)).log()
