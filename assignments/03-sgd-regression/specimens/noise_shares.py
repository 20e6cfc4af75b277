"""The examples' shares of the mean."""
# fails: batch_noise
# says: shares of the mean
# hint: You divide each example's gradient by N. A row is the gradient of this example's own loss.

import torch


def per_example_gradients(w, b, X, y):
    r = 2 * (X @ w + b - y) / len(X)
    return torch.cat([r[:, None] * X, r[:, None]], 1)
