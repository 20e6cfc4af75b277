"""Sums over the elements."""
# fails: binary
# says: averaged
# hint: You add the losses up. The mean over all elements is asked for.

import torch


def bce_with_logits(z, t):
    pair = torch.stack([z, torch.zeros_like(z)], dim=-1)
    return (torch.logsumexp(pair, dim=-1) - t * z).sum()
