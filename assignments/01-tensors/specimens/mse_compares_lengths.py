"""Compares len() alone."""

# fails: mse
# hint: You compare only the lengths, the first dimension, so (6,) and (6, 1) pass. Compare the whole shapes.


def mse(y_true, y_pred):
    if y_true.dim() and len(y_true) != len(y_pred):
        raise ValueError("lengths differ")
    return ((y_true - y_pred) ** 2).mean()
