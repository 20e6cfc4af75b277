"""A residual cut off at one: the Huber loss's gradient."""
# fails: outliers
# hint: Near zero your slope shrinks with the residual, as in Huber's loss. The absolute error has slope 1
#     everywhere.


def mae_loss_and_grad(w, b, X, y):
    r = X @ w + b - y
    s = r.clamp(-1, 1)
    return r.abs().mean(), X.T @ s / len(X), s.mean()
