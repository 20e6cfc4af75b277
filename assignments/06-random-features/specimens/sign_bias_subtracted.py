"""Subtracts b."""
# fails: rf_sign, rf_classifier
# hint: b is on the wrong side: Mx + b >= 0 is Mx >= -b.


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return 2 * (X @ M.T >= b).to(X.dtype) - 1
