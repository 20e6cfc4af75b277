"""Approximates the kernel by random features."""
# fails: kernels
# hint: This is the approximation by random features. The kernel itself has a formula, and is exact.


def rbf_kernel(X, Z, sigma):
    W, b = make_rf(X.shape[1], 20000, 0, "cos")
    return rf_cos(X, W, b, sigma) @ rf_cos(Z, W, b, sigma).T
