"""Takes the norm of None."""

# fails: clip_grad_norm

import torch


def clip_grad_norm(params, max_norm):
    params = list(params)
    norm = torch.stack([p.grad.norm() for p in params]).norm()
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        for p in params:
            p.grad.mul_(factor)
    return norm
