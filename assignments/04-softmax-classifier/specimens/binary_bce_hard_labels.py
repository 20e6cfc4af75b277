"""Rounds soft labels."""
# fails: binary
# hint: You round the labels. Between 0 and 1 they are soft: both terms count, weighed by t.

import torch


def bce_with_logits(z, t):
    t = t.round()
    return (torch.logsumexp(torch.stack([z, torch.zeros_like(z)], dim=-1), dim=-1) - t * z).mean()
