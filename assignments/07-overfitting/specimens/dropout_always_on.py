"""Drops in evaluation as well."""
# fails: dropout
# hint: You drop in evaluation as well: look at training.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    keep = torch.rand(x.shape, generator=generator) >= p
    return x * keep * (1 / (1 - p) if p < 1 else 0.0)
