"""Without the 1e-6."""

# fails: clip_grad_norm
# hint: The small number 1e-6 is missing in the divisor.

import torch


def clip_grad_norm(params, max_norm):
    gradients = [p.grad for p in params if p.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in gradients]).norm()
    factor = max_norm / (norm)
    if factor < 1:
        for g in gradients:
            g.mul_(factor)
    return norm
