"""The residual the other way round."""
# fails: outliers
# says: wrong sign
# hint: Your residual is truth minus prediction, so the gradient has the wrong sign.


def mae_loss_and_grad(w, b, X, y):
    r = y - X @ w - b
    return r.abs().mean(), X.T @ r.sign() / len(X), r.sign().mean()
