"""Makes the shapes agree by flattening both, so that a wrong shape is never noticed."""

# fails: mse
# reason: wrong_answer
# says: ValueError
# hint: Shapes that differ do not make yours raise ValueError. Compare y_true.shape with y_pred.shape before anything
#     else, and raise it where they are not the same.


def mse(y_true, y_pred):
    a, b = y_true.reshape(-1), y_pred.reshape(-1)
    if a.shape != b.shape:
        raise ValueError("shapes differ")
    return ((a - b) ** 2).mean()
