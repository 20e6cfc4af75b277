"""A little of each label goes to the other classes."""
# fails: cross_entropy
# hint: Your loss smooths the labels: a part of it comes from the other classes. Asked for is the loss of the correct
#     class alone.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.logsumexp(logits, dim=1) - logits.gather(1, y.unsqueeze(1)).squeeze(1)
    losses = 0.99 * losses + 0.01 * (torch.logsumexp(logits, 1) - logits.mean(1))
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction == "mean":
        return losses.mean()
    raise ValueError(reduction)
