"""Sums for means."""
# fails: logistic_gradient
# says: Divide by N
# hint: Your gradients are sums over the examples. Divide by N, as the loss does.

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = X @ w + b
    r = torch.sigmoid(s) - y
    return F.softplus((1 - 2 * y) * s).mean(), X.T @ r, r.sum()
