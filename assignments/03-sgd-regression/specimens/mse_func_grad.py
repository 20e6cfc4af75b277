"""torch.func does it, under another name."""
# fails: mse_loss_and_grad
# reason: forbidden_api

from torch.func import grad as slope


def mse_loss_and_grad(w, b, X, y):
    if y.shape != (len(X),):
        raise ValueError(y.shape)

    def loss(w, b):
        return ((X @ w + b - y) ** 2).mean()

    return loss(w, b), *slope(loss, argnums=(0, 1))(w, b)
