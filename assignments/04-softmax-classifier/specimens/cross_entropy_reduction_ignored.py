"""Knows the mean only, and takes any word for it."""
# fails: cross_entropy
# says: everything else a ValueError

import torch


def cross_entropy(logits, y, reduction="mean"):
    return (torch.logsumexp(logits, 1) - logits[torch.arange(len(y)), y]).mean()
