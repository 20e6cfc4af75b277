"""Only the term of the positive class: negative examples cost nothing."""
# fails: binary
# hint: Only the positive examples cost you anything. Those with t = 0 need their term as well.

import torch


def bce_with_logits(z, t):
    pair = torch.stack([z, torch.zeros_like(z)], dim=-1)
    return (t * (torch.logsumexp(pair, dim=-1) - z)).mean()
