"""Squeezes every dimension of size 1: a batch of one example loses its batch dimension."""
# fails: cross_entropy

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = (torch.logsumexp(logits, 1, keepdim=True) - logits.gather(1, y[:, None])).squeeze()
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
