"""Fits w without a constant, and adds one afterwards."""
# fails: ridge, rf_classifier
# hint: w was found without a constant, and c was added afterwards. Centre the features before you solve for w.


def ridge_fit(Phi, t, lam):
    w = torch.linalg.solve(Phi.T @ Phi + lam * torch.eye(Phi.shape[1], dtype=Phi.dtype), Phi.T @ t)
    return w, t.mean() - Phi.mean(0) @ w
