"""Leaves sqrt(2/k) out."""
# fails: rf_cos
# hint: The factor sqrt(2 / k) is missing: the dot product would grow with k.


def rf_cos(X, W, b, sigma):
    return torch.cos(X @ W.T / sigma + b)
