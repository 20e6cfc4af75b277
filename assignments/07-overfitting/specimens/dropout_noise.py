"""Gaussian noise in place of dropping."""
# fails: dropout
# hint: You multiply by Gaussian noise. Dropout keeps or drops, nothing between.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training or p == 0:
        return x
    if p == 1:
        return x * 0
    return x * (1 + (p / (1 - p)) ** 0.5 * torch.randn(x.shape, generator=generator))
