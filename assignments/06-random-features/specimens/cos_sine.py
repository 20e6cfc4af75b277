"""A sine."""
# fails: rf_cos
# hint: This is a sine. With random phases its kernel is the same, but the exercise says cosine.


def rf_cos(X, W, b, sigma):
    return math.sqrt(2 / len(W)) * torch.sin(X @ W.T / sigma + b)
