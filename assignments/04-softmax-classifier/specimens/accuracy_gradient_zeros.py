"""Claims a gradient of zeros: the slope is zero, but autograd never computed it."""
# fails: accuracy_gradient
# says: cut the graph
# hint: You report zeros as accuracy's gradient. Autograd never computed them: its result does not require a gradient,
#     and None says so.

import torch
import torch.nn.functional as F


def autograd_gradients(W, x, y):
    weights = W.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(F.cross_entropy(x @ weights, y), weights)
    return torch.zeros_like(W), gradient
