"""float32 inside."""
# fails: ridge, rf_classifier


def ridge_fit(Phi, t, lam):
    A = (Phi - Phi.mean(0)).float()
    w = torch.linalg.solve(A.T @ A + lam * torch.eye(A.shape[1]), A.T @ (t - t.mean()).float()).double()
    return w, t.mean() - Phi.mean(0) @ w
