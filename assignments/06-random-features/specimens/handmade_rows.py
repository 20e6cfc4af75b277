"""Stacks the features as rows."""
# fails: handmade
# hint: The features are rows, and should be columns: torch.stack(..., dim=1).


def handmade(X):
    x1, x2 = X[:, 0], X[:, 1]
    r = x1**2 + x2**2
    return torch.stack([x1, x2, x1 * x2, r, (r - 0.6).abs()])
