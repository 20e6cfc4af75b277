"""Returns a tensor that is true or false."""
# fails: initial_loss

import math

import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    with torch.no_grad():
        loss = F.cross_entropy(model(x), y).item()
    return torch.tensor(abs(loss - math.log(n_classes)) <= tolerance)
