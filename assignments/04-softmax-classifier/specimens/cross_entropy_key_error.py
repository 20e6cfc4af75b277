"""Looks the reduction up in a dict: KeyError for an unknown one."""
# fails: cross_entropy

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.logsumexp(logits, dim=1) - logits.gather(1, y.unsqueeze(1)).squeeze(1)
    return {"none": lambda v: v, "sum": torch.sum, "mean": torch.mean}[reduction](losses)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction == "mean":
        return losses.mean()
    raise ValueError(reduction)
