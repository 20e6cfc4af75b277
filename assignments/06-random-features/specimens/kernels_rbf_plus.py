"""No minus."""
# fails: kernels
# hint: The minus is missing: the kernel grows with the distance.


def rbf_kernel(X, Z, sigma):
    return torch.exp(torch.cdist(X, Z).square() / (2 * sigma**2))
