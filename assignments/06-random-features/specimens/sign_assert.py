"""Asserts instead of raising ValueError."""
# fails: rf_sign


def rf_sign(X, M, b):
    assert X.ndim == 2 and M.ndim == 2 and X.shape[1] == M.shape[1] and b.shape == M.shape[:1]
    return 2 * (X @ M.T + b >= 0).to(X.dtype) - 1
