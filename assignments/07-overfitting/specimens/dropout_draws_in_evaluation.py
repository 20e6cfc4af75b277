"""Draws a mask before it looks at the mode."""
# fails: dropout

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    keep = torch.rand(x.shape, generator=generator) >= p
    if not training:
        return x
    return x * keep * (1 / (1 - p) if p < 1 else 0.0)
