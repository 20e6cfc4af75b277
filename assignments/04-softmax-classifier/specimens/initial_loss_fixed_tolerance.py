"""Ignores the tolerance that it is given."""
# fails: initial_loss
# hint: You ignore the tolerance that you are given. Compare with the argument, not with its default.

import math
import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    with torch.no_grad():
        return abs(F.cross_entropy(model(x), y).item() - math.log(n_classes)) <= 0.5
