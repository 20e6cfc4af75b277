"""Divides by sigma squared."""
# fails: rf_cos
# hint: You divide by sigma squared. That is in the kernel's exponent; the features have sigma itself.


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / len(W)) * torch.cos(X @ W.T / sigma**2 + b)
