"""Takes the root of the squared radius."""
# fails: handmade
# hint: x1^2 + x2^2 is the squared radius: no root.


def handmade(X):
    x1, x2 = X[:, 0], X[:, 1]
    r = (x1**2 + x2**2).sqrt()
    return torch.stack([x1, x2, x1 * x2, r, (r - 0.6).abs()], dim=1)
