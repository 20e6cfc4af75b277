"""A mask from numpy's global generator."""
# fails: dropout
# hint: Your mask comes from numpy, which no generator of torch's decides.

import numpy as np
import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError
    if not training:
        return x
    keep = torch.from_numpy(np.random.rand(*x.shape) >= p)
    return x * keep * (1 / (1 - p) if p < 1 else 0.0)
