"""torch's own."""

# fails: clip_grad_norm
# reason: forbidden_api

import torch


def clip_grad_norm(params, max_norm):
    return torch.nn.utils.clip_grad_norm_(params, max_norm)
