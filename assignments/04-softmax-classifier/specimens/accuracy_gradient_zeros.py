"""Claims a gradient of zeros: the slope is zero, but autograd never computed it."""
# fails: accuracy_gradient
# says: cut the graph

import torch
import torch.nn.functional as F


def autograd_gradients(W, x, y):
    weights = W.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(F.cross_entropy(x @ weights, y), weights)
    return torch.zeros_like(W), gradient
