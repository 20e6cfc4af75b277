"""(P, N)."""
# fails: kernels
# hint: Rows and columns are exchanged: X's points are rows, (N, P).


def rbf_kernel(X, Z, sigma):
    return torch.exp(-(Z[:, None] - X[None]).square().sum(2) / (2 * sigma**2))
