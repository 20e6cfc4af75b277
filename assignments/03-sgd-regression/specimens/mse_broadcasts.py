"""Takes a column of targets, and makes (N, N) residuals."""
# fails: mse_loss_and_grad
# says: accepted without a ValueError
# hint: A column of targets, shape (N, 1), gets through: X @ w + b - y is then (N, N). Compare the whole shape,
#     y.shape with (N,), before anything else.


def mse_loss_and_grad(w, b, X, y):
    r = X @ w + b - y
    return (r * r).mean(), 2 * (X.T @ r) / len(X), 2 * r.mean()
