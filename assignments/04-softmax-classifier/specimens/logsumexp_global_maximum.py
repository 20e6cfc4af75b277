"""One maximum for all rows: those far below it give log(0)."""
# fails: log_softmax
# says: own maximum
# hint: You take one maximum for the whole tensor, and rows far below it underflow to log(0). Each row needs its own,
#     along dim.


def logsumexp(x, dim):
    return (x - x.max()).exp().sum(dim=dim).log() + x.max()
