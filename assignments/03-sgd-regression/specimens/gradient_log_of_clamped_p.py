"""The log of p, clamped to be safe."""
# fails: logistic_gradient
# hint: You clamp the probabilities before the log, and the loss stays below a bound however wrong the score is. Use
#     softplus.

import torch


def logistic_loss_and_grad(w, b, X, y):
    p = torch.sigmoid(X @ w + b)
    safe = p.clamp(1e-7, 1 - 1e-7)
    loss = -(y * safe.log() + (1 - y) * (1 - safe).log()).mean()
    return loss, X.T @ (p - y) / len(X), (p - y).mean()
