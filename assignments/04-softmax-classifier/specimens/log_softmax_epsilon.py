"""The log of softmax plus a small number, the usual patch against -inf: every log-probability below -18 becomes the
same."""
# fails: log_softmax
# says: epsilon


def log_softmax(x, dim):
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    return (e / e.sum(dim=dim, keepdim=True) + 1e-8).log()
