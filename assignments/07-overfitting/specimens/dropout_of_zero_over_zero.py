"""NaN at p = 1."""
# fails: dropout
# hint: With p = 1 you divide 0 by 0. Nothing is kept there: zeros.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    return x * (torch.rand(x.shape, generator=generator) >= p) / torch.tensor(1 - p, dtype=x.dtype)
