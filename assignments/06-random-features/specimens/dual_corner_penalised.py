"""lam in the corner as well."""
# fails: ridge
# hint: The corner of the matrix holds lam: it must be 0, since the constant is not penalised.


def kernel_ridge_fit(K, t, lam):
    n = len(t)
    A = torch.ones(n + 1, n + 1, dtype=K.dtype)
    A[:n, :n] = K
    A[n, n] = 0
    A = A + lam * torch.eye(n + 1, dtype=K.dtype)
    solution = torch.linalg.solve(A, torch.cat([t, t.new_zeros(1)]))
    return solution[:n], solution[n]
