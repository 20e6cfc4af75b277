"""The logsumexp is subtracted without its gradient."""
# fails: log_softmax
# hint: The values are right, but logsumexp is subtracted without its gradient. It depends on x as well: do not detach
#     it.


def logsumexp(x, dim):
    m = x.amax(dim=dim, keepdim=True)
    r = ((x - m).exp().sum(dim=dim, keepdim=True).log() + m).squeeze(dim)
    return r


def log_softmax(x, dim):
    return x - logsumexp(x.detach(), dim).unsqueeze(dim)
    r = x - logsumexp(x, dim).unsqueeze(dim)
    return r
