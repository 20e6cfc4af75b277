"""M of shape (d, k): x @ M."""
# fails: rf_sign, rf_classifier


def rf_sign(X, M, b):
    if X.shape[1] != M.shape[0] or b.shape != M.shape[1:]:
        raise ValueError("shapes")
    return 2 * (X @ M + b >= 0).to(X.dtype) - 1
