"""Features as rows."""
# fails: rf_sign, rf_classifier
# hint: The result is (k, N). Examples are rows: (N, k).


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return 2 * (M @ X.T + b[:, None] >= 0).to(X.dtype) - 1
