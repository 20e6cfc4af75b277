"""A float32 mask makes half precision wider."""
# fails: dropout
# hint: Your mask is float32 and takes the result along. The result has the dtype of x.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    keep = (torch.rand(x.shape, generator=generator) >= p).float()
    return x * keep * (1 / (1 - p) if p < 1 else 0.0)
