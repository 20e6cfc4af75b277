"""The slope of the loss is a tensor."""
# fails: accuracy_gradient

import torch.nn.functional as F


def finite_slopes(W, x, y, D, eps):
    def values(weights):
        scores = x @ weights
        return (scores.argmax(dim=1) == y).sum().item() / len(y), F.cross_entropy(scores, y)

    a, b = values(W + eps * D), values(W - eps * D)
    return (a[0] - b[0]) / (2 * eps), (a[1] - b[1]) / (2 * eps)
