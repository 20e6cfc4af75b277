"""Runs backward while it looks: the gradients stay behind and enter the first step."""
# fails: initial_loss
# says: torch.no_grad()

import math
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    return abs(loss.item() - math.log(n_classes)) <= tolerance
