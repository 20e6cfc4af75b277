"""The log of softmax plus a small number, the usual patch against -inf: every log-probability below -18 becomes the
same."""
# fails: log_softmax
# says: epsilon
# hint: The epsilon inside your log makes all very small probabilities alike. Do not take the log of a softmax:
#     subtract logsumexp from the scores.


def log_softmax(x, dim):
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    return (e / e.sum(dim=dim, keepdim=True) + 1e-8).log()
