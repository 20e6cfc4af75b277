"""squeeze() without a dimension also drops others of size 1."""
# fails: log_softmax
# hint: squeeze() without a dimension drops every dimension of size 1. Drop `dim` alone.


def logsumexp(x, dim):
    m = x.amax(dim=dim, keepdim=True)
    r = ((x - m).exp().sum(dim=dim, keepdim=True).log() + m).squeeze(dim)
    r = r.squeeze()
    return r


def log_softmax(x, dim):
    r = x - logsumexp(x, dim).unsqueeze(dim)
    return r
