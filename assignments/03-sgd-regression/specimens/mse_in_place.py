"""Makes the residuals in the caller's y."""
# fails: mse_loss_and_grad
# reason: mutated_input
# hint: You compute the residuals in the caller's y: the next epoch trains on what is left of it.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    y -= X @ w + b
    return (y * y).mean(), -2 * X.T @ y / len(X), -2 * y.mean()
