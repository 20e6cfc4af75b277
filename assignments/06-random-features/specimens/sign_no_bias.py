"""Forgets b."""
# fails: rf_sign, rf_classifier
# hint: b is not used: all your lines go through the origin.


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return 2 * (X @ M.T >= 0).to(X.dtype) - 1
