"""Clips each gradient by itself."""

# fails: clip_grad_norm
# hint: You clip each gradient by itself. That changes the direction of the whole: one norm, one factor for
#     all.

import torch


def clip_grad_norm(params, max_norm):
    gradients = [p.grad for p in params if p.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.mul_((max_norm / (g.norm() + 1e-6)).clamp(max=1.0))
    return norm
