"""lam squared."""
# fails: ridge, rf_classifier
# hint: lam is squared. In the text the penalty is lam * ||w||^2.


def ridge_fit(Phi, t, lam):
    A = Phi - Phi.mean(0)
    w = torch.linalg.solve(A.T @ A + lam**2 * torch.eye(A.shape[1], dtype=A.dtype), A.T @ (t - t.mean()))
    return w, t.mean() - Phi.mean(0) @ w
