"""(K + lam I) alpha = t, no constant."""
# fails: ridge
# hint: The constant is missing: it is one unknown more, and one equation more, sum(alpha) = 0.


def kernel_ridge_fit(K, t, lam):
    alpha = torch.linalg.solve(K + lam * torch.eye(len(t), dtype=K.dtype), t)
    return alpha, torch.zeros((), dtype=K.dtype)
