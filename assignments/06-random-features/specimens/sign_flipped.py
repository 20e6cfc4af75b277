"""The other side."""
# fails: rf_sign, rf_classifier
# hint: Every sign is turned round: +1 belongs where the sum is zero or positive.


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return 1 - 2 * (X @ M.T + b >= 0).to(X.dtype)
