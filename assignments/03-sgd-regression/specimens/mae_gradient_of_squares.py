"""The loss of absolute values, and the gradient of squares."""
# fails: outliers
# hint: Your gradient is still that of the squared error. The derivative of |r| is its sign, however large r is.


def mae_loss_and_grad(w, b, X, y):
    r = X @ w + b - y
    return r.abs().mean(), 2 * X.T @ r / len(X), 2 * r.mean()
