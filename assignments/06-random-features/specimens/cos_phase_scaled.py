"""Divides the phase as well."""
# fails: rf_cos
# hint: The phase is divided by sigma too. Only the product is: X @ W.T / sigma + b.


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / len(W)) * torch.cos((X @ W.T + b) / sigma)
