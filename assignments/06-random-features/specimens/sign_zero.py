"""torch.sign, which is 0 at 0."""
# fails: rf_sign
# hint: torch.sign gives 0 where the sum is exactly 0, a third side. Here that is +1: compare with >= 0.


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return torch.sign(X @ M.T + b)
