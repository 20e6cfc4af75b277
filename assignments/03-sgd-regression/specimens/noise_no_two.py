"""The 2 from the square is missing."""
# fails: batch_noise
# says: The 2
# hint: The 2 from differentiating the square is missing in your gradients of single examples.

import torch


def per_example_gradients(w, b, X, y):
    r = X @ w + b - y
    return torch.cat([r[:, None] * X, r[:, None]], 1)
