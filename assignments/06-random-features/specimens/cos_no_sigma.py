"""Ignores sigma."""
# fails: rf_cos
# hint: sigma is not used.


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / len(W)) * torch.cos(X @ W.T + b)
