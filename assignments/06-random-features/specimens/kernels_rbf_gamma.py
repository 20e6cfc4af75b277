"""gamma = sigma."""
# fails: kernels
# hint: sigma is used as scikit-learn's gamma, which is 1 / (2 sigma^2).


def rbf_kernel(X, Z, sigma):
    return torch.exp(-sigma * torch.cdist(X, Z).square())
