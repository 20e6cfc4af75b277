"""Gathers along the batch: it raises no error wherever labels happen to be valid row numbers."""
# fails: cross_entropy
# hint: You gather along the batch, so labels are taken for row numbers. Pick one column in each row: the classes are
#     dimension 1.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.logsumexp(logits, 1) - logits.gather(0, y.unsqueeze(0)).squeeze(0)
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
