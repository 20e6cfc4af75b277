"""Labels as float32: the gradients of float64 inputs lose digits, or do not run."""
# fails: logistic_gradient

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = (X @ w + b).float()
    r = torch.sigmoid(s) - y.float()
    return F.softplus((1 - 2 * y.float()) * s).mean(), X.float().T @ r / len(X), r.mean()
