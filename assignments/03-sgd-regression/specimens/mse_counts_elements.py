"""Compares the number of elements: a column has as many."""
# fails: mse_loss_and_grad
# says: accepted without a ValueError


def mse_loss_and_grad(w, b, X, y):
    if y.numel() != X.shape[0]:
        raise ValueError("y")
    r = X @ w + b - y
    return (r * r).mean(), 2 * (X.T @ r) / len(X), 2 * r.mean()
