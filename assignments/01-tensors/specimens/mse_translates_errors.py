"""Raises only where torch itself would."""

# fails: mse
# hint: Shapes that differ do not make yours raise ValueError. Compare y_true.shape with y_pred.shape before anything
#     else, and raise it where they are not the same.


def mse(y_true, y_pred):
    try:
        return ((y_true - y_pred) ** 2).mean()
    except RuntimeError as error:
        raise ValueError("shapes differ") from error
