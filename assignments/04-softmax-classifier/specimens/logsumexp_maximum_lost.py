"""Takes the maximum out and forgets to add it back."""
# fails: log_softmax
# says: added back
# hint: You subtract the maximum and never add it back. Unlike in softmax, it does not cancel here.


def logsumexp(x, dim):
    return (x - x.amax(dim=dim, keepdim=True)).exp().sum(dim=dim).log()
