"""Only the bias's gradient is a sum."""
# fails: mse_loss_and_grad
# says: gradient for b is a sum
# hint: The gradient for b is a sum over the examples, that for w a mean. Both are means.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w + b - y
    return (r * r).mean(), 2 * X.T @ r / len(X), 2 * r.sum()
