"""The distance without the square."""
# fails: kernels
# hint: torch.cdist gives distances. The kernel wants them squared.


def rbf_kernel(X, Z, sigma):
    return torch.exp(-torch.cdist(X, Z) / (2 * sigma**2))
