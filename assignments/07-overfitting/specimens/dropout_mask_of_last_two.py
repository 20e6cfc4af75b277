"""One mask of the last two dimensions for all others."""
# fails: dropout
# hint: One mask for all but the last two dimensions: those elements drop together. Draw a number for every
#     element, torch.rand(x.shape).

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand(x.shape[-2:], generator=generator) >= p
    return x * keep / (1 - p)
