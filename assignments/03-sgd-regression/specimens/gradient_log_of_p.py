"""The loss by the log of p."""
# fails: logistic_gradient, train
# hint: Your loss takes the log of a probability, which is exactly 0 at large scores. Use softplus.

import torch


def logistic_loss_and_grad(w, b, X, y):
    p = torch.sigmoid(X @ w + b)
    loss = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
    return loss, X.T @ (p - y) / len(X), (p - y).mean()
