"""torch.zeros at p = 1, float32 whatever x is."""
# fails: dropout
# hint: At p = 1 you give torch.zeros, which is float32 whatever x is: zeros_like.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    if not training:
        return x
    if p == 1:
        return torch.zeros(x.shape)
    keep = torch.rand(x.shape, generator=generator) >= p
    return x * keep / (1 - p)
