"""The 2 from the square is missing in the gradients."""
# fails: mse_loss_and_grad
# says: The 2
# hint: The 2 from differentiating the square is missing in both gradients, and your loss is not halved either.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w + b - y
    return (r * r).mean(), X.T @ r / len(X), r.mean()
