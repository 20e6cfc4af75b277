"""sqrt(2/d)."""
# fails: rf_cos
# hint: You divide by d, the size of an example. k is the number of features, W.shape[0].


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / W.shape[1]) * torch.cos(X @ W.T / sigma + b)
