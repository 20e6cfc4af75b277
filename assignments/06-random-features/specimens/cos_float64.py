"""Always float64."""
# fails: rf_cos
# hint: The result is float64 whatever X is. Take X's dtype.


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / len(W)) * torch.cos(X.double() @ W.double().T / sigma + b.double())
