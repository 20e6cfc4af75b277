"""Counts what is a little below zero as zero."""
# fails: rf_sign
# hint: A tolerance puts small negative sums on the wrong side. Compare with 0 itself.


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return torch.where(X @ M.T + b > -1e-8, 1.0, -1.0).to(X.dtype)
