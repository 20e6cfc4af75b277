"""The gradient for b has shape (1,)."""
# fails: mse_loss_and_grad
# hint: The gradient for b has the shape (1,). It has the shape of b, ().


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w + b - y
    return (r * r).mean(), 2 * X.T @ r / len(X), 2 * r.mean(dim=0, keepdim=True)
