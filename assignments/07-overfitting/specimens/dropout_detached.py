""".data: no gradient."""
# fails: dropout
# hint: .data cuts the gradient. Stay within torch.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    return x.data * (torch.rand(x.shape, generator=generator) >= p) * (1 / (1 - p) if p < 1 else 0.0)
