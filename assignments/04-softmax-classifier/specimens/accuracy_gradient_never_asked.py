"""Answers 0 for the slope of accuracy without measuring: the lecture said that it is zero."""
# fails: accuracy_gradient
# says: large enough to change guesses
# hint: Your slope of accuracy is always 0. For a step that changes guesses it is not: measure accuracy at both
#     points, as you do for the loss.

import torch
import torch.nn.functional as F


def finite_slopes(W, x, y, D, eps):
    with torch.no_grad():
        up, down = (F.cross_entropy(x @ (W + step * D), y).item() for step in (eps, -eps))
    return 0.0, (up - down) / (2 * eps)
