"""r / |r|: NaN at zero."""
# fails: outliers
# hint: r / |r| is 0 / 0 where the prediction is exact. torch.sign gives 0 there.


def mae_loss_and_grad(w, b, X, y):
    r = X @ w + b - y
    s = r / r.abs()
    return r.abs().mean(), X.T @ s / len(X), s.mean()
