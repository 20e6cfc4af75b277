"""Sums for means in the gradient."""
# fails: outliers
# says: Divide by N
# hint: Your gradients are sums over the examples. Divide by N.


def mae_loss_and_grad(w, b, X, y):
    r = X @ w + b - y
    return r.abs().mean(), X.T @ r.sign(), r.sign().sum()
