"""sigma is not squared."""
# fails: kernels
# hint: sigma is not squared: 2 * sigma**2.


def rbf_kernel(X, Z, sigma):
    return torch.exp(-torch.cdist(X, Z).square() / (2 * sigma))
