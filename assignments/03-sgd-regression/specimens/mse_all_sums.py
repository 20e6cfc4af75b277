"""Sums everywhere."""
# fails: mse_loss_and_grad
# hint: Loss and gradients are sums over the examples. With a mean, the learning rate need not change with N.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w + b - y
    return (r * r).sum(), 2 * X.T @ r, 2 * r.sum()
