"""Steps the caller's W there and back again: rounding leaves it elsewhere."""
# fails: accuracy_gradient
# reason: mutated_input
# hint: You step the caller's W there and back, and rounding leaves it elsewhere. Build new tensors from W and D
#     instead.

import torch
import torch.nn.functional as F


def finite_slopes(W, x, y, D, eps):
    def values():
        scores = x @ W
        return (scores.argmax(1) == y).double().mean().item(), F.cross_entropy(scores, y).item()

    with torch.no_grad():
        W += eps * D
        up = values()
        W -= 2 * eps * D
        down = values()
        W += eps * D
    return (up[0] - down[0]) / (2 * eps), (up[1] - down[1]) / (2 * eps)
