"""The mean over examples and features: one number for all weights."""
# fails: mse_loss_and_grad
# hint: You average residual times feature over examples and features, so that all weights get the same slope.
#     Average over the examples alone, dim=0.

import torch


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w + b - y
    return (r * r).mean(), torch.ones_like(w) * (2 * r[:, None] * X).mean(), 2 * r.mean()
