"""The bug of the class notes: minus the probability of the correct class, no logarithm."""
# fails: cross_entropy
# says: the logarithm is missing
# hint: You return minus the probability of the correct class: the logarithm is missing.

import torch


def cross_entropy(logits, y, reduction="mean"):
    probs = torch.softmax(logits, dim=1)
    losses = -probs[torch.arange(len(y)), y]
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
