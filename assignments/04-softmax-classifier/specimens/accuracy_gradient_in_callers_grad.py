"""Calls backward() on the caller's W, where it requires a gradient."""
# fails: accuracy_gradient
# hint: You call backward() on the caller's W, which adds to the gradient that it may already have. Differentiate with
#     respect to a copy.

import torch
import torch.nn.functional as F


def autograd_gradients(W, x, y):
    if W.requires_grad and W.is_leaf:
        F.cross_entropy(x @ W, y).backward()
        return None, W.grad
    weights = W.detach().clone().requires_grad_()
    loss = F.cross_entropy(x @ weights, y)
    g = torch.autograd.grad(loss, weights)[0]
    return None, g
