"""The original form: scales by 1 - p in evaluation."""
# fails: dropout
# hint: This is the original, not the inverted form: it scales in evaluation. Scale in training, and leave x
#     alone in evaluation.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x * (1 - p)
    return x * (torch.rand(x.shape, generator=generator) >= p)
