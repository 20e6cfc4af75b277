"""The scores of the correct classes from the flattened logits; the reduction checked first."""
# fails: nothing

import torch

REDUCTIONS = {"none": torch.clone, "sum": torch.sum, "mean": torch.mean}


def cross_entropy(logits, y, reduction="mean"):
    try:
        reduce = REDUCTIONS[reduction]
    except KeyError:
        raise ValueError(f"unknown: {reduction}") from None
    batch, classes = logits.shape
    right = torch.take(logits, torch.arange(batch) * classes + y)
    top = logits.amax(1)
    return reduce((logits - top[:, None]).exp().sum(1).log() + (top - right))
