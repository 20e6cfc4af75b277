"""Leaves the reduced dimension in: what log_softmax wants is not what logsumexp promises."""
# fails: log_softmax
# says: axis of size 1
# hint: Your logsumexp keeps a dimension of size 1. It should disappear: whoever needs it can put it back.


def logsumexp(x, dim):
    m = x.amax(dim=dim, keepdim=True)
    return (x - m).exp().sum(dim=dim, keepdim=True).log() + m


def log_softmax(x, dim):
    return x - logsumexp(x, dim)
