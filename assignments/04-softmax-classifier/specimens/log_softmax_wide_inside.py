"""float64 inside, the caller's dtype outside; log_softmax slice by slice."""
# fails: nothing

import torch


def logsumexp(x, dim):
    wide = x.double()
    top = wide.amax(dim=dim)
    return (torch.exp(wide - top.unsqueeze(dim)).sum(dim).log() + top).to(x.dtype)


def log_softmax(x, dim):
    wide = x.double()
    return torch.stack([part - logsumexp(wide, dim) for part in wide.unbind(dim)], dim).type_as(x)
