"""In evaluation any p is accepted."""
# fails: dropout

import torch


def dropout(x, p, training=True, generator=None):
    if not training:
        return x
    if not 0 <= p <= 1:
        raise ValueError
    return x * (torch.rand(x.shape, generator=generator) >= p) * (1 / (1 - p) if p < 1 else 0.0)
