"""One minus the probability, no logarithm."""
# fails: logistic_loss
# hint: The logarithm is missing: this is one minus the probability of the truth.

import torch


def logistic_loss(beta, X, y):
    return 1 - torch.sigmoid((2 * y - 1) * (X @ beta)).mean()
