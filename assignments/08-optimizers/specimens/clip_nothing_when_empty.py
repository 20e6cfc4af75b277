"""Fails where there is no gradient."""

# fails: clip_grad_norm

import torch


def clip_grad_norm(params, max_norm):
    gradients = [p.grad for p in params if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        for g in gradients:
            g.mul_(factor)
    return norm
