"""Both exchanged, and everything that follows from it."""
# fails: logistic_loss
# hint: Your two conventions have changed places.

import torch.nn.functional as F


def logistic_loss_slide(beta, X, y):
    return F.softplus((1 - 2 * y) * (X @ beta)).mean()


def logistic_loss(beta, X, y):
    return F.softplus((2 * y - 1) * (X @ beta)).mean()
