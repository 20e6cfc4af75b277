"""Half the mean squared error, consistently."""
# fails: mse_loss_and_grad
# hint: You descend on half the mean squared error, loss and gradients alike. It is a fair choice, but another one:
#     leave the 1/2 out.


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)
    r = X @ w + b - y
    return 0.5 * (r * r).mean(), X.T @ r / len(X), r.mean()
