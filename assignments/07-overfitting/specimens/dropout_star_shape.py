"""torch.rand(*x.shape) has no arguments for a number."""
# fails: dropout
# hint: torch.rand(*x.shape) has nothing to unpack where x is a single number. torch.rand(x.shape) takes the
#     shape as it is.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand(*x.shape, generator=generator) >= p
    return x * keep / (1 - p)
