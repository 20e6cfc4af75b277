"""Residuals the other way round: the loss does not notice, the gradients do."""
# fails: mse_loss_and_grad
# says: wrong sign
# hint: Your residual is truth minus prediction. The square does not mind; the gradient changes its sign, and
#     descent climbs.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = y - (X @ w + b)
    return (r * r).mean(), 2 * X.T @ r / len(X), 2 * r.mean()
