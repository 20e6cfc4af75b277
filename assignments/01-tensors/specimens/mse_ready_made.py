"""F.mse_loss behind the right guard."""

# fails: mse
# reason: forbidden_api


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return F.mse_loss(y_pred, y_true)
