"""Averages over the examples with a residual."""
# fails: outliers
# hint: You divide by the number of examples that are not exact. All N count.


def mae_loss_and_grad(w, b, X, y):
    r = X @ w + b - y
    n = max(1, int((r != 0).sum()))
    return r.abs().mean(), X.T @ r.sign() / n, r.sign().sum() / n
