"""Operator precedence: / 2 * sigma**2."""
# fails: kernels
# hint: a / 2 * b is (a / 2) * b in Python. Put the denominator into brackets: / (2 * sigma**2).


def rbf_kernel(X, Z, sigma):
    return torch.exp(-torch.cdist(X, Z).square() / 2 * sigma**2)
