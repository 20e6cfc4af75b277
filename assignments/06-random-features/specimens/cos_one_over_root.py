"""1/sqrt(k) instead of sqrt(2/k)."""
# fails: rf_cos
# hint: The factor is 1 / sqrt(k). The mean of a squared cosine is one half, which is what the 2 in sqrt(2 / k)
#     makes good.


def rf_cos(X, W, b, sigma):
    return torch.cos(X @ W.T / sigma + b) / math.sqrt(len(W))
