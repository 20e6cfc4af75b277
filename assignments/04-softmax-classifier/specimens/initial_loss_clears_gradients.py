"""Clears the model's gradients while it looks."""
# fails: initial_loss

import math

import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    with torch.no_grad():
        loss = F.cross_entropy(model(x), y).item()
    model.zero_grad() if hasattr(model, "zero_grad") else None
    return abs(loss - math.log(n_classes)) <= tolerance
