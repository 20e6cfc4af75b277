"""log of the sum of exp, as the name says: infinite for large scores."""
# fails: log_softmax
# says: overflows


def logsumexp(x, dim):
    return x.exp().sum(dim=dim).log()
