"""An assert in place of the ValueError that was asked for."""

# fails: mse
# hint: Shapes that differ do not make yours raise ValueError. Compare y_true.shape with y_pred.shape before anything
#     else, and raise it where they are not the same.


def mse(y_true, y_pred):
    assert y_true.shape == y_pred.shape
    return ((y_true - y_pred) ** 2).mean()
