"""Drops what is small."""
# fails: dropout
# hint: You drop the smallest values. Chance decides, and not the value.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    if p == 1:
        return x * 0
    if x.numel() == 0 or p == 0:
        return x / (1 - p)
    noise = 1e-6 * torch.rand(x.shape, generator=generator)
    size = x.abs().double() + noise
    return x * (size >= size.flatten().quantile(p)) / (1 - p)
