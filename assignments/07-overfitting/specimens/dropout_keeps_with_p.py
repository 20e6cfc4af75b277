"""p is taken for the probability to keep."""
# fails: dropout
# hint: You keep with probability p. It is the probability to drop.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    keep = torch.rand(x.shape, generator=generator) < p
    return x * keep * (1 / (1 - p) if p < 1 else 0.0)
