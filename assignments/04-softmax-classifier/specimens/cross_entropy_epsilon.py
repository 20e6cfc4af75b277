"""An epsilon inside the log against infinity: the loss of a confident mistake is capped, its gradient gone."""
# fails: cross_entropy
# says: epsilon inside the log
# hint: The epsilon inside your log caps the loss of a confident mistake and spoils its gradient. Leave probabilities
#     out: stay on the log scale.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = -(torch.softmax(logits, dim=1)[torch.arange(len(y)), y] + 1e-9).log()
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
