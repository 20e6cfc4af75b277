"""Also lengthens short gradients."""

# fails: clip_grad_norm
# hint: Short gradients become longer: the factor is at most 1.

import torch


def clip_grad_norm(params, max_norm):
    gradients = [p.grad for p in params if p.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for g in gradients:
        g.mul_(max_norm / (norm + 1e-6))
    return norm
