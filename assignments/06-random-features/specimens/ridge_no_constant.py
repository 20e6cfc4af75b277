"""No constant at all."""
# fails: ridge, rf_classifier
# hint: There is no constant: features and targets have to be centred first, and c follows from their means.


def ridge_fit(Phi, t, lam):
    w = torch.linalg.solve(Phi.T @ Phi + lam * torch.eye(Phi.shape[1], dtype=Phi.dtype), Phi.T @ t)
    return w, torch.zeros((), dtype=Phi.dtype)
