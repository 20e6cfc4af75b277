"""The scale is added behind autograd's back."""
# fails: dropout
# hint: The gradient of what is kept is 1 and not 1 / (1 - p): a part of the scaling is hidden from autograd.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    kept = x * (torch.rand(x.shape, generator=generator) >= p)
    return kept + kept.detach() * (p / (1 - p) if p < 1 else -1.0)
