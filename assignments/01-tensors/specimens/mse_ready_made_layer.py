"""nn.MSELoss behind the right guard."""

# fails: mse
# reason: forbidden_api


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    from torch import nn

    return nn.MSELoss()(y_pred, y_true)
