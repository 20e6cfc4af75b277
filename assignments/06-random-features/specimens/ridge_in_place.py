"""Centres the caller's features in place."""
# fails: ridge
# hint: Phi -= mean changes the caller's features. Make a new tensor: centred = Phi - mean.


def ridge_fit(Phi, t, lam):
    mean = Phi.mean(0)
    Phi -= mean
    w = torch.linalg.solve(Phi.T @ Phi + lam * torch.eye(Phi.shape[1], dtype=Phi.dtype), Phi.T @ (t - t.mean()))
    return w, t.mean() - mean @ w
