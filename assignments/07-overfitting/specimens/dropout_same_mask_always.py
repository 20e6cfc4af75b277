"""A fixed seed: the same mask in every call."""
# fails: dropout
# hint: You seed inside, so that every call drops the same elements.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    generator = generator or torch.Generator().manual_seed(0)
    return x * (torch.rand(x.shape, generator=generator) >= p) * (1 / (1 - p) if p < 1 else 0.0)
