"""c as a Python float, w as a column."""
# fails: ridge, rf_classifier
# hint: w has shape (k, 1) and c has shape (1,). Solve for a vector, and they are (k,) and ().


def ridge_fit(Phi, t, lam):
    A = Phi - Phi.mean(0)
    w = torch.linalg.solve(A.T @ A + lam * torch.eye(A.shape[1], dtype=A.dtype), (A.T @ (t - t.mean()))[:, None])
    return w, t.mean() - Phi.mean(0) @ w
