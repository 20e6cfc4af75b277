"""The absolute value of the sum, and 0.6 subtracted outside."""
# fails: handmade


def handmade(X):
    x1, x2 = X[:, 0], X[:, 1]
    r = x1**2 + x2**2
    return torch.stack([x1, x2, x1 * x2, r, r.abs() - 0.6], dim=1)
