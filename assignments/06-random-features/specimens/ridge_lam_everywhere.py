"""Adds lam to every entry."""
# fails: ridge, rf_classifier
# hint: `matrix + lam` adds to every entry. Only the diagonal gets it: lam * torch.eye(k).


def ridge_fit(Phi, t, lam):
    A = Phi - Phi.mean(0)
    w = torch.linalg.pinv(A.T @ A + lam) @ (A.T @ (t - t.mean()))
    return w, t.mean() - Phi.mean(0) @ w
