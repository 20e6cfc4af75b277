"""Clamps the scores."""
# fails: logistic_loss
# hint: You clamp the scores: beyond, the loss stays the same and the gradient is 0. softplus needs no clamp.

import torch.nn.functional as F


def logistic_loss(beta, X, y):
    return F.softplus(-(2 * y - 1) * (X @ beta).clamp(-50, 50)).mean()
