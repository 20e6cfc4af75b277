"""Label minus probability."""
# fails: logistic_gradient, train
# says: wrong sign
# hint: You take label minus probability, and your gradient has the wrong sign.

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = X @ w + b
    r = y - torch.sigmoid(s)
    return F.softplus((1 - 2 * y) * s).mean(), X.T @ r / len(X), r.mean()
