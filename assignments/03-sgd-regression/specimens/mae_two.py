"""The 2 of the squares stays."""
# fails: outliers
# says: a 2 too many
# hint: There is still a 2 in your gradients. It came from differentiating the square.


def mae_loss_and_grad(w, b, X, y):
    r = X @ w + b - y
    return r.abs().mean(), 2 * X.T @ r.sign() / len(X), 2 * r.sign().mean()
