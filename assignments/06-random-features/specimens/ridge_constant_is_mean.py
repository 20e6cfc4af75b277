"""c is the mean of the targets."""
# fails: ridge, rf_classifier
# hint: c is the mean of the targets. That is right for centred features; for Phi itself, mean(Phi) . w has to
#     be subtracted.


def ridge_fit(Phi, t, lam):
    A = Phi - Phi.mean(0)
    w = torch.linalg.solve(A.T @ A + lam * torch.eye(A.shape[1], dtype=A.dtype), A.T @ (t - t.mean()))
    return w, t.mean()
