"""not (... > tolerance): true for a NaN."""
# fails: initial_loss
# hint: A loss that is NaN passes: `not (a > b)` is true for NaN. Ask whether the distance is at most the tolerance.

import math

import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    with torch.no_grad():
        loss = F.cross_entropy(model(x), y).item()
    return not abs(loss - math.log(n_classes)) > tolerance
