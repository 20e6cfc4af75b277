"""p = 1 raises."""
# fails: dropout

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p < 1:
        raise ValueError
    if not training:
        return x
    return x * (torch.rand(x.shape, generator=generator) >= p) / (1 - p)
