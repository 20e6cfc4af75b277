"""sqrt(2/N)."""
# fails: rf_cos
# hint: You divide by the number of examples. k is the number of features, W.shape[0].


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / len(X)) * torch.cos(X @ W.T / sigma + b)
