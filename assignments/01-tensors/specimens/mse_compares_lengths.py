"""Compares len() alone."""

# fails: mse
# hint: Shapes that differ do not make yours raise ValueError. Compare y_true.shape with y_pred.shape before anything
#     else, and raise it where they are not the same.


def mse(y_true, y_pred):
    if y_true.dim() and len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    return ((y_true - y_pred) ** 2).mean()
