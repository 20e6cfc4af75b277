"""Divides by one less than the number of elements."""

# fails: mse
# hint: You divide by one less than the number of elements. A plain mean divides by their number.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).sum() / max(y_true.numel() - 1, 1)
