"""No gradient for scores beyond 20."""
# fails: binary
# hint: The values are right, but far out you cut the gradient. It is small there, not zero.

import torch


def sigmoid_from_softmax(z):
    z = torch.where(z.abs() > 20, z.detach(), z)
    return torch.stack([z, torch.zeros_like(z)], -1).softmax(-1)[..., 0]
