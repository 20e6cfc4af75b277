"""log of the sum of exp, as the name says: infinite for large scores."""
# fails: log_softmax
# says: overflows
# hint: exp overflows for large scores, and the log of infinity is infinity. Take the maximum along dim out before
#     exp.


def logsumexp(x, dim):
    return x.exp().sum(dim=dim).log()
