"""Mean over the coordinates."""
# fails: kernels
# hint: The squares are averaged over the d coordinates. A squared distance is their sum.


def rbf_kernel(X, Z, sigma):
    return torch.exp(-(X[:, None] - Z[None]).square().mean(2) / (2 * sigma**2))
