"""Drops exactly a share p of the elements."""
# fails: dropout
# hint: You drop exactly a share p of the elements. Each should drop on its own, so that the number varies.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    keep = torch.ones(x.numel())
    keep[torch.randperm(x.numel(), generator=generator)[: round(p * x.numel())]] = 0
    return x * keep.reshape(x.shape).to(x.dtype) * (1 / (1 - p) if p < 1 else 0.0)
