"""2/k without the root."""
# fails: rf_cos
# hint: The factor is 2 / k, and should be its root: a dot product multiplies it with itself.


def rf_cos(X, W, b, sigma):
    return 2 / len(W) * torch.cos(X @ W.T / sigma + b)
