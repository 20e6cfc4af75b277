"""Treats every unknown reduction as the mean: a typing error goes unnoticed."""
# fails: cross_entropy
# says: ValueError
# hint: You accept any word as a reduction and take the mean. Raise ValueError for all but the three, so that a typing
#     error is noticed.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.logsumexp(logits, 1) - logits[torch.arange(len(y)), y]
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
