"""Rows with rows: (N,)."""
# fails: kernels
# hint: Row i of X meets row i of Z only. Every row of X meets every row of Z: X[:, None] - Z[None].


def rbf_kernel(X, Z, sigma):
    return torch.exp(-(X - Z).square().sum(1) / (2 * sigma**2))
