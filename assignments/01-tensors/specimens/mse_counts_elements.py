"""Compares the number of elements in place of the shapes."""

# fails: mse
# reason: wrong_answer
# says: ValueError


def mse(y_true, y_pred):
    if y_true.numel() != y_pred.numel():
        raise ValueError("sizes differ")
    return ((y_true - y_pred) ** 2).mean()
