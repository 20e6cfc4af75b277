"""The bias is not in the scores."""
# fails: logistic_gradient
# hint: The bias is missing in your scores.

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = X @ w
    r = torch.sigmoid(s) - y
    return F.softplus((1 - 2 * y) * s).mean(), X.T @ r / len(X), r.mean()
