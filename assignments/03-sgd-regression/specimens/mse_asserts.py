"""An assertion in place of a ValueError."""
# fails: mse_loss_and_grad


def mse_loss_and_grad(w, b, X, y):
    assert y.shape == (len(X),)
    r = X @ w + b - y
    return (r * r).mean(), 2 * X.T @ r / len(X), 2 * r.mean()
