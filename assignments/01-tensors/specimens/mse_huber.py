"""The Huber loss with a large delta, times 2."""

# fails: mse
# reason: forbidden_api


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return 2 * F.huber_loss(y_pred, y_true, delta=1e6)
