"""Divides the gradient by the number of features."""
# fails: mse_loss_and_grad
# hint: You divide the gradient for w by the number of features, D. The mean goes over the N examples.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w + b - y
    return (r * r).mean(), 2 * X.T @ r / len(w), 2 * r.mean()
