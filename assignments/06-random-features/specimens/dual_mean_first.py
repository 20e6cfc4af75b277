"""Subtracts the mean of t, and solves without a constant."""
# fails: ridge
# hint: Subtracting the mean of t is not enough, since the features are not centred: c is an unknown of the
#     system.


def kernel_ridge_fit(K, t, lam):
    alpha = torch.linalg.solve(K + lam * torch.eye(len(t), dtype=K.dtype), t - t.mean())
    return alpha, t.mean()
