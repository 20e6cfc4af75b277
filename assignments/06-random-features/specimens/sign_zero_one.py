"""0 and 1 instead of -1 and +1."""
# fails: rf_sign, rf_classifier
# hint: These are 0 and 1. The features are -1 and +1: twice that, minus one.


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return (X @ M.T + b >= 0).to(X.dtype)
