"""Multiplies by 1 - p."""
# fails: dropout
# says: divide by it
# hint: You multiply what is kept by 1 - p. Divide by it: the mean must stay.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    return x * (torch.rand(x.shape, generator=generator) >= p) * (1 - p)
