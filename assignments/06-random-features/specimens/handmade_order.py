"""Radius before product."""
# fails: handmade
# hint: The columns stand in another order than in the text: x1, x2, x1 * x2, x1^2 + x2^2, |x1^2 + x2^2 - 0.6|.


def handmade(X):
    x1, x2 = X[:, 0], X[:, 1]
    r = x1**2 + x2**2
    return torch.stack([x1, x2, r, x1 * x2, (r - 0.6).abs()], dim=1)
