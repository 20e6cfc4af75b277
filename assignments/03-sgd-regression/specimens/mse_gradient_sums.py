"""The gradients are sums over the examples, the loss is a mean."""
# fails: mse_loss_and_grad
# says: Divide by N
# hint: Your gradients are sums over the examples, while your loss is their mean. Divide both by N.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w + b - y
    return (r * r).mean(), 2 * X.T @ r, 2 * r.sum()
