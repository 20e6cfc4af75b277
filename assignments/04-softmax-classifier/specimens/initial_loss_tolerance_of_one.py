"""Another tolerance where none is given."""
# fails: initial_loss
# hint: The tolerance is 0.5 where the caller names none: leave the default as it stands.

import math

import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=1.0):
    with torch.no_grad():
        loss = F.cross_entropy(model(x), y).item()
    return abs(loss - math.log(n_classes)) <= tolerance
