"""torch.logsumexp, where it was to be written by hand."""
# fails: log_softmax
# reason: forbidden_api

import torch


def logsumexp(x, dim):
    return torch.logsumexp(x, dim=dim)
