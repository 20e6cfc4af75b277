"""The mean of the squared errors instead of the sum."""
# fails: ridge, rf_classifier
# hint: The squared errors are averaged, which makes the penalty N times as heavy. The text has their sum.


def ridge_fit(Phi, t, lam):
    n = len(Phi)
    A = Phi - Phi.mean(0)
    w = torch.linalg.solve(A.T @ A / n + lam * torch.eye(A.shape[1], dtype=A.dtype), A.T @ (t - t.mean()) / n)
    return w, t.mean() - Phi.mean(0) @ w
