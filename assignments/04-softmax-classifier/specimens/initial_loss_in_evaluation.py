"""Switches to evaluation mode to look, and restores the mode of the top."""
# fails: initial_loss
# hint: You look in another mode than the one that the model is in. Call it as it is.

import math

import torch
import torch.nn.functional as F


def starts_near_chance(model, x, y, n_classes, tolerance=0.5):
    was = getattr(model, "training", None)
    if was is not None:
        model.eval()
    with torch.no_grad():
        loss = F.cross_entropy(model(x), y).item()
    model.train(was) if was is not None else None
    return abs(loss - math.log(n_classes)) <= tolerance
