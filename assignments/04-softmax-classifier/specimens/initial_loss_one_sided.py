"""Only a loss that is too high looks wrong: one near zero, the sign of a leak, passes."""
# fails: initial_loss
# says: far below chance
# hint: A loss far below chance passes: you look at one side only. Compare the absolute difference with the tolerance.

import math
import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    with torch.no_grad():
        return F.cross_entropy(model(x), y).item() <= math.log(n_classes) + tolerance
