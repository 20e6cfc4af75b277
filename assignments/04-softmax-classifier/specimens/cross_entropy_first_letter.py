"""Takes any word for a reduction that begins with the right letter."""
# fails: cross_entropy

import torch


def cross_entropy(logits, y, reduction="mean"):
    reduction = {"n": "none", "s": "sum", "m": "mean"}.get(str(reduction)[:1].lower(), reduction)
    losses = torch.logsumexp(logits, dim=1) - logits.gather(1, y.unsqueeze(1)).squeeze(1)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction == "mean":
        return losses.mean()
    raise ValueError(reduction)
