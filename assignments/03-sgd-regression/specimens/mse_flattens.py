"""Makes a column of targets fit, in place of refusing it."""
# fails: mse_loss_and_grad
# says: accepted without a ValueError


def mse_loss_and_grad(w, b, X, y):
    y = y.reshape(-1)
    if len(y) != len(X):
        raise ValueError("lengths differ")
    r = X @ w + b - y
    return (r * r).mean(), 2 * X.T @ r / len(X), 2 * r.mean()
