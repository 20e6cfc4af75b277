"""Takes the first two rows of X for x1 and x2."""
# fails: handmade
# hint: X[0] is the first point. x1 of all points is the first column, X[:, 0].


def handmade(X):
    x1, x2 = X[0], X[1]
    r = x1**2 + x2**2
    return torch.stack([x1, x2, x1 * x2, r, (r - 0.6).abs()], dim=1)
