"""Centres over the wrong axis."""
# fails: ridge, rf_classifier
# hint: The mean of each example's features was subtracted. Centre each feature: its mean over the examples, dim
#     0.


def ridge_fit(Phi, t, lam):
    A = Phi - Phi.mean(1, keepdim=True)
    w = torch.linalg.solve(A.T @ A + lam * torch.eye(A.shape[1], dtype=A.dtype), A.T @ (t - t.mean()))
    return w, t.mean() - Phi.mean(0) @ w
