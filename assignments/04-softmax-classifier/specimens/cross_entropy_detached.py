"""Adds Python numbers up: the right loss, without a gradient."""
# fails: cross_entropy
# says: cut

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.stack([row.logsumexp(0) - row[label] for row, label in zip(logits.detach(), y)])
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
