"""Takes the maximum out and forgets to add it back."""
# fails: log_softmax
# says: added back


def logsumexp(x, dim):
    return (x - x.amax(dim=dim, keepdim=True)).exp().sum(dim=dim).log()
