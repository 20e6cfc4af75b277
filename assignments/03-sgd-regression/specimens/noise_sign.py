"""The residual the other way round."""
# fails: batch_noise
# says: sign is flipped
# hint: Your residual is truth minus prediction, and all slopes have the wrong sign.

import torch


def per_example_gradients(w, b, X, y):
    r = 2 * (y - X @ w - b)
    return torch.cat([r[:, None] * X, r[:, None]], 1)
