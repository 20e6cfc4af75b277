"""Never looks at p."""
# fails: dropout
# says: ValueError
# hint: A p below 0 or above 1 is accepted without a word.

import torch


def dropout(x, p, training=True, generator=None):
    if not training:
        return x
    return x * (torch.rand(x.shape, generator=generator) >= p) * (1 / (1 - p) if p < 1 else 0.0)
