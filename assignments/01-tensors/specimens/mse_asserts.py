"""An assert in place of the ValueError that was asked for."""

# fails: mse


def mse(y_true, y_pred):
    assert y_true.shape == y_pred.shape
    return ((y_true - y_pred) ** 2).mean()
