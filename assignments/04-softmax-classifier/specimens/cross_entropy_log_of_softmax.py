"""The right formula by way of probabilities: infinite for a confident mistake."""
# fails: cross_entropy
# says: Do not go through probabilities
# hint: You take the log of a softmax: infinite as soon as a probability underflows to 0. Use logsumexp and never
#     leave the log scale.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = -torch.softmax(logits, dim=1)[torch.arange(len(y)), y].log()
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
