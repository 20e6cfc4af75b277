"""Writes zeros into the caller's tensor."""
# fails: dropout
# hint: You write into the caller's tensor. Make a new one: autograd, and whoever else uses x, needs the old
#     values.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    with torch.no_grad():
        x *= (torch.rand(x.shape, generator=generator) >= p) * (1 / (1 - p) if p < 1 else 0.0)
    return x
