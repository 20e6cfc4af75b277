"""Forgets b."""
# fails: rf_cos
# hint: The phase b is missing.


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / len(W)) * torch.cos(X @ W.T / sigma)
