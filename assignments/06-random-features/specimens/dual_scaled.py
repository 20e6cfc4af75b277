"""alpha without the division by lam."""
# fails: ridge
# hint: alpha is lam times too large: in the text alpha = (t - Phi w - c) / lam.


def kernel_ridge_fit(K, t, lam):
    n = len(t)
    A = torch.ones(n + 1, n + 1, dtype=K.dtype)
    A[:n, :n] = K / lam + torch.eye(n, dtype=K.dtype)
    A[n, n] = 0
    solution = torch.linalg.solve(A, torch.cat([t, t.new_zeros(1)]))
    return solution[:n], solution[n]
