"""The hinge loss, of another classifier."""
# fails: logistic_loss
# hint: This is the hinge loss, max(0, 1 - s). The logistic loss is softplus(-s).

import torch


def logistic_loss(beta, X, y):
    return torch.relu(1 - (2 * y - 1) * (X @ beta)).mean()
