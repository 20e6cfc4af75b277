"""Squares X in place."""
# fails: handmade
# hint: X.square_() writes into the caller's points. Without the underscore it makes a new tensor.


def handmade(X):
    x1, x2 = X[:, 0].clone(), X[:, 1].clone()
    r = X.square_().sum(1)
    return torch.stack([x1, x2, x1 * x2, r, (r - 0.6).abs()], dim=1)
