"""Lines residuals up with features: works where N == D."""
# fails: batch_noise
# hint: Your residuals, (N,), are lined up with the features of X, (N, D). Give them a dimension: [:, None].

import torch


def per_example_gradients(w, b, X, y):
    r = 2 * (X @ w + b - y)
    scaled = r * X if X.shape[0] == X.shape[1] else r[:, None] * X
    return torch.cat([scaled, r[:, None]], 1)
