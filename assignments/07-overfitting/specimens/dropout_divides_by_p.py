"""Divides by p."""
# fails: dropout
# hint: You divide by p, and not by 1 - p.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    return x * (torch.rand(x.shape, generator=generator) >= p) / max(p, 1e-9)
