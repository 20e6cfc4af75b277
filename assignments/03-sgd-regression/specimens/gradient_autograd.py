"""Autograd does it."""
# fails: logistic_gradient
# reason: forbidden_api

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = F.softplus((1 - 2 * y) * (X @ w + b)).mean()
    return loss.detach(), *torch.autograd.grad(loss, (w, b))
