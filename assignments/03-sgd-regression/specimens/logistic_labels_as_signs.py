"""Multiplies by the label: class 0 is always log 2."""
# fails: logistic_loss
# hint: You multiply the score by the label, so that class 0 always has the score 0. Turn labels 0 and 1 into signs
#     first.

import torch.nn.functional as F


def logistic_loss(beta, X, y):
    return F.softplus(-y * (X @ beta)).mean()
