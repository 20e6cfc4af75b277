"""The formula as it stands: -inf at large scores."""
# fails: logistic_loss
# hint: You take the log of the sigmoid, which is exactly 0 at large negative scores. softplus(-s) is -log
#     sigmoid(s), everywhere.

import torch


def logistic_loss_slide(beta, X, y):
    return -torch.sigmoid((-1) ** y * (X @ beta)).log().mean()
