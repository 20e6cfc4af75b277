"""Forgets lam."""
# fails: ridge, rf_classifier
# hint: lam is not used: this is ordinary least squares.


def ridge_fit(Phi, t, lam):
    A = Phi - Phi.mean(0)
    w = torch.linalg.pinv(A) @ (t - t.mean())
    return w, t.mean() - Phi.mean(0) @ w
