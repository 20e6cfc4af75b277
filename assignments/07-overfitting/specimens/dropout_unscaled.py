"""Forgets to scale."""
# fails: dropout
# says: not scaled
# hint: What is kept is not scaled: the next layer would get smaller values in training than in evaluation.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    return x * (torch.rand(x.shape, generator=generator) >= p)
