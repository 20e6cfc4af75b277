"""Only a loss that is too high looks wrong: one near zero, the sign of a leak, passes."""
# fails: initial_loss
# says: far below chance

import math
import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    with torch.no_grad():
        return F.cross_entropy(model(x), y).item() <= math.log(n_classes) + tolerance
