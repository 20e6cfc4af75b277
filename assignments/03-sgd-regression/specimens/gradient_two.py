"""A 2, as in section 2."""
# fails: logistic_gradient
# says: a 2 too many
# hint: You kept the 2 of section 2. It came from the square, and there is none here.

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = X @ w + b
    r = 2 * (torch.sigmoid(s) - y)
    return F.softplus((1 - 2 * y) * s).mean(), X.T @ r / len(X), r.mean()
