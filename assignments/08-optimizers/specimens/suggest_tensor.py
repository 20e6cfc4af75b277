"""A tensor comes back."""

# fails: lr_find

import torch


def suggest_rate(rates, losses):
    return torch.tensor(rates)[torch.tensor(losses).argmin()] / 10
