"""torch's loss, and a gradient of its own."""
# fails: logistic_gradient
# reason: forbidden_api

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s, t = X @ w + b, y.to(X.dtype)
    r = torch.sigmoid(s) - t
    return F.binary_cross_entropy_with_logits(s, t), X.T @ r / len(X), r.mean()
