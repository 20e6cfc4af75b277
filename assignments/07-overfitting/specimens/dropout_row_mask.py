"""One mask for all rows."""
# fails: dropout
# says: drop together
# hint: All examples of the batch get the same mask. Draw a number for each element.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    keep = torch.rand(x.shape[-1:], generator=generator) >= p
    return x * keep * (1 / (1 - p) if p < 1 else 0.0)
