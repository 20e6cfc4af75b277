"""Switches to evaluation mode or back, behind the caller's back."""
# fails: initial_loss
# says: another mode
# hint: You change the model's mode by looking at it. Call it in the mode that it is in.

import math
import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    model.train()
    with torch.no_grad():
        return abs(F.cross_entropy(model(x), y).item() - math.log(n_classes)) <= tolerance
