"""City block distance."""
# fails: kernels


def rbf_kernel(X, Z, sigma):
    return torch.exp(-torch.cdist(X, Z, p=1).square() / (2 * sigma**2))
