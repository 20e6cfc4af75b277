"""Residuals below a hundredth count as zero."""
# fails: outliers
# hint: Residuals that are small, and not zero, have a sign as well.

import torch


def mae_loss_and_grad(w, b, X, y):
    r = X @ w + b - y
    s = torch.where(r.abs() < 1e-2, torch.zeros_like(r), r.sign())
    return r.abs().mean(), X.T @ s / len(X), s.mean()
