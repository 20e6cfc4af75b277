"""The half that makes the derivative prettier, and the answer wrong."""

# fails: mse


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean() / 2
