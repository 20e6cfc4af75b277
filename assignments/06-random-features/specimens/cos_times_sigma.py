"""Multiplies by sigma."""
# fails: rf_cos
# hint: You multiply by sigma. A large length scale makes slow waves: divide.


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / len(W)) * torch.cos(X @ W.T * sigma + b)
