"""Without the 2."""
# fails: kernels
# hint: The 2 is missing: exp(-||x - z||^2 / (2 sigma^2)).


def rbf_kernel(X, Z, sigma):
    return torch.exp(-torch.cdist(X, Z).square() / sigma**2)
