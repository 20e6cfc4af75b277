"""The formula as it stands: -inf at large scores."""
# fails: logistic_loss

import torch


def logistic_loss_slide(beta, X, y):
    return -torch.sigmoid((-1) ** y * (X @ beta)).log().mean()
