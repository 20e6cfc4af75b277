"""Adds b along the examples."""
# fails: rf_cos
# hint: reshape does not transpose: numbers of different examples are mixed. (W @ X.T).T, or X @ W.T.


def rf_cos(X, W, b, sigma):
    k = len(W)
    return math.sqrt(2 / k) * torch.cos(W @ X.T / sigma + b[:, None]).reshape(len(X), k)
