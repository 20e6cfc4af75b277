"""Autograd does it."""
# fails: mse_loss_and_grad
# reason: forbidden_api

import torch


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    w, b = w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    return loss.detach(), w.grad, b.grad
