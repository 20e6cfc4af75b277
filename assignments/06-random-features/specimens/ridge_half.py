"""Half the penalty, from another convention."""
# fails: ridge, rf_classifier
# hint: The penalty is half (or the loss twice) what the text says: no factors of one half here.


def ridge_fit(Phi, t, lam):
    A = Phi - Phi.mean(0)
    w = torch.linalg.solve(A.T @ A + lam / 2 * torch.eye(A.shape[1], dtype=A.dtype), A.T @ (t - t.mean()))
    return w, t.mean() - Phi.mean(0) @ w
