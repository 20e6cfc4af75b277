"""Draws from the global generator, whatever is given."""
# fails: dropout
# hint: The generator that is given is never used.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    return x * (torch.rand(x.shape) >= p) * (1 / (1 - p) if p < 1 else 0.0)
