"""Runs backward on the caller's W: a .grad is left behind, and the next call adds to it."""
# fails: accuracy_gradient

import torch.nn.functional as F


def autograd_gradients(W, x, y):
    W.requires_grad_()
    F.cross_entropy(x @ W, y).backward()
    return None, W.grad
