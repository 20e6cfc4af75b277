"""Divides by eps where the two points are 2 eps apart."""
# fails: accuracy_gradient
# says: 2 eps
# hint: Your slopes are twice too large: the two points lie 2 eps apart.

import torch.nn.functional as F


def finite_slopes(W, x, y, D, eps):
    def values(weights):
        scores = x @ weights
        return (scores.argmax(1) == y).double().mean().item(), F.cross_entropy(scores, y).item()

    up, down = values(W + eps * D), values(W - eps * D)
    return (up[0] - down[0]) / eps, (up[1] - down[1]) / eps
