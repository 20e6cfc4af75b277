"""Looks at len(b) only."""
# fails: rf_sign
# hint: len(b) is only its first size, and a 0-dim b has none. Compare the whole shape: b.shape == M.shape[:1].


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or len(b) != len(M):
        raise ValueError("M or b does not fit")
    return 2 * (X @ M.T + b >= 0).to(X.dtype) - 1
