"""A steep tanh, nearly a sign."""
# fails: rf_sign, rf_classifier


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return torch.tanh(100 * (X @ M.T + b))
