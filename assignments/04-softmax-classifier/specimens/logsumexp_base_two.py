"""log2 for log: information in bits, one letter too many."""
# fails: log_softmax
# says: natural


def logsumexp(x, dim):
    m = x.amax(dim=dim, keepdim=True)
    return (x - m).exp().sum(dim=dim).log2() + m.squeeze(dim)
