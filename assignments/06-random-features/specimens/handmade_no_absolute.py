"""Leaves the absolute value out."""
# fails: handmade
# hint: The last feature is negative inside the circle: the absolute value is missing.


def handmade(X):
    x1, x2 = X[:, 0], X[:, 1]
    r = x1**2 + x2**2
    return torch.stack([x1, x2, x1 * x2, r, r - 0.6], dim=1)
