"""A ready-made distribution."""
# fails: cross_entropy
# reason: forbidden_api

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = -torch.distributions.Categorical(logits=logits).log_prob(y)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction == "mean":
        return losses.mean()
    raise ValueError(reduction)
