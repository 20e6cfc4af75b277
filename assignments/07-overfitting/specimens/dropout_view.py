"""view(-1) of a clone: raises for a transposed x."""
# fails: dropout
# hint: view(-1) refuses a transposed x. Draw the mask in x's own shape, or use reshape.

import torch


def dropout(x, p, training=True, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    flat = x.view(-1)
    keep = torch.rand(flat.shape, generator=generator) >= p
    return (flat * keep / (1 - p)).view(x.shape)
