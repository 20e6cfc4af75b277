"""The mean is a sum: learning rates then depend on the batch size."""
# fails: cross_entropy
# says: sum over the batch
# hint: Your 'mean' is the sum over the batch. Divide by the number of examples.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.logsumexp(logits, 1) - logits[torch.arange(len(y)), y]
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum()
