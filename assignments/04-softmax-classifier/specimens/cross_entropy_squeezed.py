"""Squeezes every dimension of size 1: a batch of one example loses its batch dimension."""
# fails: cross_entropy
# hint: squeeze() without a dimension also drops the batch when B = 1. Squeeze the one dimension that you mean.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = (torch.logsumexp(logits, 1, keepdim=True) - logits.gather(1, y[:, None])).squeeze()
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
