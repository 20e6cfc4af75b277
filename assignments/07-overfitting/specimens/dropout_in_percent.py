"""Draws percents: a p of 1/3 becomes 0.34."""
# fails: dropout
# hint: You draw one of a hundred numbers, so that p is rounded up to whole percents. torch.rand is fine
#     enough for any p.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.randint(0, 100, x.shape, generator=generator) >= p * 100
    return x * keep / (1 - p)
