"""Scales copies."""

# fails: clip_grad_norm
# hint: Your clipped gradients are new tensors that nobody knows. Write into .grad.

import torch


def clip_grad_norm(params, max_norm):
    gradients = [p.grad for p in params if p.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in gradients]).norm()
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        gradients = [g * factor for g in gradients]
    return norm
