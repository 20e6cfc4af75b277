"""Knows the mean only, and takes any word for it."""
# fails: cross_entropy
# says: everything else a ValueError
# hint: You always return the mean, whatever `reduction` says. Build the vector of B losses first, then let reduction
#     decide.

import torch


def cross_entropy(logits, y, reduction="mean"):
    return (torch.logsumexp(logits, 1) - logits[torch.arange(len(y)), y]).mean()
