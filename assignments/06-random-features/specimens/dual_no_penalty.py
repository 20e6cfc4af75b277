"""Forgets lam."""
# fails: ridge
# hint: lam is not used: the upper left block is K + lam * I.


def kernel_ridge_fit(K, t, lam):
    n = len(t)
    A = torch.ones(n + 1, n + 1, dtype=K.dtype)
    A[:n, :n] = K
    A[n, n] = 0
    solution = torch.linalg.pinv(A) @ torch.cat([t, t.new_zeros(1)])
    return solution[:n], solution[n]
