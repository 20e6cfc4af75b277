"""Adds lam to the caller's diagonal."""
# fails: ridge
# hint: The caller's K has lam on its diagonal now. Build a new matrix: K + lam * torch.eye(N).


def kernel_ridge_fit(K, t, lam):
    n = len(t)
    K.diagonal().add_(lam)
    A = torch.ones(n + 1, n + 1, dtype=K.dtype)
    A[:n, :n] = K
    A[n, n] = 0
    solution = torch.linalg.solve(A, torch.cat([t, t.new_zeros(1)]))
    return solution[:n], solution[n]
