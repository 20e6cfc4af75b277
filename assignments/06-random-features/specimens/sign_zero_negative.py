"""Zero counts as negative."""
# fails: rf_sign
# hint: Exactly 0 gets -1. Here sign(0) is +1: compare with >= 0.


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return torch.where(X @ M.T + b > 0, 1.0, -1.0).to(X.dtype)
