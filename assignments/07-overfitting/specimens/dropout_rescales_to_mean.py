"""Scales so that the mean of this batch is kept exactly."""
# fails: dropout
# hint: You scale by the share that was kept this time. The scale is 1 / (1 - p), whatever chance did.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    keep = torch.rand(x.shape, generator=generator) >= p
    return x * keep / keep.to(x.dtype).mean().clamp(min=1e-9)
