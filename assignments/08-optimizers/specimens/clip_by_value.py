"""Clamps each entry."""

# fails: clip_grad_norm
# hint: You clamp each entry. Clipping by norm keeps the direction: multiply all by one factor.

import torch


def clip_grad_norm(params, max_norm):
    gradients = [p.grad for p in params if p.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.clamp_(-max_norm, max_norm)
    return norm
