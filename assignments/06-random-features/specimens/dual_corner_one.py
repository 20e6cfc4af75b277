"""A one in the corner."""
# fails: ridge
# hint: The corner of the matrix is 1 and should be 0: the last equation is sum(alpha) = 0, without c.


def kernel_ridge_fit(K, t, lam):
    n = len(t)
    A = torch.ones(n + 1, n + 1, dtype=K.dtype)
    A[:n, :n] = K + lam * torch.eye(n, dtype=K.dtype)
    solution = torch.linalg.solve(A, torch.cat([t, t.new_zeros(1)]))
    return solution[:n], solution[n]
