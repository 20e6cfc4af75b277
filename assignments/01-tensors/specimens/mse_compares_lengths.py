"""Compares len() alone."""

# fails: mse


def mse(y_true, y_pred):
    if y_true.dim() and len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    return ((y_true - y_pred) ** 2).mean()
