"""Compares the number of elements in place of the shapes."""

# fails: mse
# reason: wrong_answer
# says: ValueError
# hint: Shapes that differ do not make yours raise ValueError. Compare y_true.shape with y_pred.shape before anything
#     else, and raise it where they are not the same.


def mse(y_true, y_pred):
    if y_true.numel() != y_pred.numel():
        raise ValueError("sizes differ")
    return ((y_true - y_pred) ** 2).mean()
