"""Whole examples are dropped."""
# fails: dropout
# hint: You drop whole examples. Each element has its own number.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    keep = torch.rand(x.shape[:1], generator=generator) >= p
    return x * keep.reshape(-1, *[1] * (x.ndim - 1)) * (1 / (1 - p) if p < 1 else 0.0)
