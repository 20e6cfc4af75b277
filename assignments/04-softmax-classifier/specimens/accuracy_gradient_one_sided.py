"""A forward difference: it moves to one side only."""
# fails: accuracy_gradient
# says: Centred
# hint: You step to one side only. A centred difference goes eps forward and eps back, and never asks at W itself.

import torch.nn.functional as F


def finite_slopes(W, x, y, D, eps):
    def values(weights):
        scores = x @ weights
        return (scores.argmax(1) == y).double().mean().item(), F.cross_entropy(scores, y).item()

    up, here = values(W + eps * D), values(W)
    return (up[0] - here[0]) / eps, (up[1] - here[1]) / eps
