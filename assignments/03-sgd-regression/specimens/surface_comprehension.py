"""The loops hide in a comprehension."""
# fails: loss_surface
# reason: forbidden_api

import torch


def loss_surface(slopes, intercepts, x, y):
    return torch.stack([(s * x + intercepts[:, None] - y).square().mean(1) for s in slopes])
