"""An epsilon in the log."""
# fails: logistic_loss
# hint: An epsilon inside the log caps the loss at large scores, where it should grow with the score. Use softplus.

import torch


def logistic_loss(beta, X, y):
    return -(torch.sigmoid((2 * y - 1) * (X @ beta)) + 1e-8).log().mean()
