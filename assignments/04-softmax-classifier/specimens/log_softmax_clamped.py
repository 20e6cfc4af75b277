"""Log-probabilities are not let below -1000."""
# fails: log_softmax
# hint: You cap the log-probabilities from below. However unlikely a class is, its log-probability is an ordinary
#     number.


def logsumexp(x, dim):
    m = x.amax(dim=dim, keepdim=True)
    r = ((x - m).exp().sum(dim=dim, keepdim=True).log() + m).squeeze(dim)
    return r


def log_softmax(x, dim):
    r = x - logsumexp(x, dim).unsqueeze(dim)
    r = r.clamp(min=-1000)
    return r
