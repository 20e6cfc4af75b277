"""Adds the norms."""

# fails: clip_grad_norm
# hint: You add the norms of the gradients. The common norm is the root of the sum of their squares.

import torch


def clip_grad_norm(params, max_norm):
    gradients = [p.grad for p in params if p.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in gradients]).sum()
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        for g in gradients:
            g.mul_(factor)
    return norm
