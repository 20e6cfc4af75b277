"""The convention of the slides."""
# fails: logistic_gradient, train
# hint: This is the convention of the slides. Here p is the probability of class 1.

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = X @ w + b
    r = y - torch.sigmoid(-s)
    return F.softplus((2 * y - 1) * s).mean(), X.T @ r / len(X), r.mean()
