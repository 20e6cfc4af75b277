"""Takes the largest label of the batch for the number of classes."""
# fails: cross_entropy
# hint: You leave out the classes beyond the largest label of the batch. Their scores belong to the sum as well.

import torch


def cross_entropy(logits, y, reduction="mean"):
    logits = logits[:, : int(y.max()) + 1]
    losses = torch.logsumexp(logits, dim=1) - logits.gather(1, y.unsqueeze(1)).squeeze(1)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction == "mean":
        return losses.mean()
    raise ValueError(reduction)
