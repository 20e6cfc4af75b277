"""The slope of the count of right guesses, not of the fraction."""
# fails: accuracy_gradient
# says: fraction
# hint: Your slope of accuracy is that of the count. Accuracy is a fraction: divide by the number of examples.

import torch.nn.functional as F


def finite_slopes(W, x, y, D, eps):
    def values(weights):
        scores = x @ weights
        return (scores.argmax(1) == y).sum().item(), F.cross_entropy(scores, y).item()

    up, down = values(W + eps * D), values(W - eps * D)
    return (up[0] - down[0]) / (2 * eps), (up[1] - down[1]) / (2 * eps)
