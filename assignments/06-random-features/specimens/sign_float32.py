"""Always float32."""
# fails: rf_sign, rf_classifier
# hint: The result is float32 whatever X is. Take X's dtype: .to(X.dtype).


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return torch.where(X @ M.T + b >= 0, 1.0, -1.0)
