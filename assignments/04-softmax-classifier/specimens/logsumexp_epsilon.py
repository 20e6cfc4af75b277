"""An epsilon inside the log of the sum."""
# fails: log_softmax
# hint: The epsilon inside your log shifts every result. With the maximum taken out the sum is at least 1 and needs
#     none.


def logsumexp(x, dim):
    m = x.amax(dim, keepdim=True)
    return ((x - m).exp().sum(dim, keepdim=True).add(1e-4).log() + m).squeeze(dim)
    m = x.amax(dim=dim, keepdim=True)
    r = ((x - m).exp().sum(dim=dim, keepdim=True).log() + m).squeeze(dim)
    return r


def log_softmax(x, dim):
    r = x - logsumexp(x, dim).unsqueeze(dim)
    return r
