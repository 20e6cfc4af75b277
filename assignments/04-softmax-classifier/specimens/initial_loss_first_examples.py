"""Looks at the first 32 examples only."""
# fails: initial_loss
# hint: You look at a part of the examples. The mean goes over all of them.

import math

import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    x, y = x[:32], y[:32]
    with torch.no_grad():
        loss = F.cross_entropy(model(x), y).item()
    return abs(loss - math.log(n_classes)) <= tolerance
