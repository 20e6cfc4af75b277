"""The bias is not added to the predictions."""
# fails: mse_loss_and_grad
# hint: Your predictions lack the bias b.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w - y
    return (r * r).mean(), 2 * X.T @ r / len(X), 2 * r.mean()
