"""The slope for b in front."""
# fails: batch_noise
# says: comes last
# hint: The slope for b stands in the first column. It belongs into the last.

import torch


def per_example_gradients(w, b, X, y):
    r = 2 * (X @ w + b - y)
    return torch.cat([r[:, None], r[:, None] * X], 1)
