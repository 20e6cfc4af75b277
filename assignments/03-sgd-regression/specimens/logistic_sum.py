"""Sums over the examples."""
# fails: logistic_loss
# says: Take the mean
# hint: You add up over the examples. Take the mean.

import torch.nn.functional as F


def logistic_loss(beta, X, y):
    return F.softplus(-(2 * y - 1) * (X @ beta)).sum()
