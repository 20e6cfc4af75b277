"""Recursion: the soft maximum of two halves, down to single scores."""
# fails: nothing

import torch


def logsumexp(x, dim):
    size = x.shape[dim]
    if size == 1:
        return x.squeeze(dim)
    left, right = (logsumexp(half, dim) for half in x.split([size // 2, size - size // 2], dim))
    high = torch.maximum(left, right).detach()
    base = torch.where(high.isinf(), torch.zeros_like(high), high)
    return base + ((left - base).exp() + (right - base).exp()).log()


def log_softmax(x, dim):
    return torch.sub(x, logsumexp(x, dim).unsqueeze(dim).expand_as(x))
