"""One maximum for all rows: those far below it give log(0)."""
# fails: log_softmax
# says: own maximum


def logsumexp(x, dim):
    return (x - x.max()).exp().sum(dim=dim).log() + x.max()
