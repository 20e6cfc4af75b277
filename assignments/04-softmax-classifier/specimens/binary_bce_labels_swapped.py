"""The labels change places: t = 1 is punished for a large score."""
# fails: binary
# hint: The labels have changed places: you punish a large score where t = 1. Which of the two classes has the score
#     z?

import torch


def bce_with_logits(z, t):
    pair = torch.stack([z, torch.zeros_like(z)], dim=-1)
    return (torch.logsumexp(pair, dim=-1) - (1 - t) * z).mean()
