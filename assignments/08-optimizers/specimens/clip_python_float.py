"""Returns a float."""

# fails: clip_grad_norm
# reason: wrong_type
# hint: You return a Python float. The norm comes back as a 0-d tensor.

import torch


def clip_grad_norm(params, max_norm):
    gradients = [p.grad for p in params if p.grad is not None]
    if not gradients:
        return torch.tensor(0.0)
    norm = torch.stack([g.norm() for g in gradients]).norm()
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        for g in gradients:
            g.mul_(factor)
    return norm.item()
