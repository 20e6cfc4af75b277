"""Passes over a generator twice."""

# fails: clip_grad_norm
# hint: params may be a generator, such as model.parameters(): it is used up after one pass, and your second
#     loop does nothing. Make a list first.

import torch


def clip_grad_norm(params, max_norm):
    total = [p.grad for p in params if p.grad is not None]
    if not total:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in total]).norm()
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        for p in params:
            if p.grad is not None:
                p.grad.mul_(factor)
    return norm
