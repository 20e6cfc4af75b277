"""Adds Python numbers up: the right loss, without a gradient."""
# fails: cross_entropy
# says: cut
# hint: The values are right, but no gradient flows back to logits: detach(), .item() or numpy cut it. Stay within
#     torch.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.stack([row.logsumexp(0) - row[label] for row, label in zip(logits.detach(), y)])
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
