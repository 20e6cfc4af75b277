"""No look at the shapes: (N,) against (N, 1) is averaged over all N·N pairs, silently."""

# fails: mse
# reason: wrong_answer
# says: (6, 1)
# hint: Shapes that differ do not make yours raise ValueError. Compare y_true.shape with y_pred.shape before anything
#     else, and raise it where they are not the same.


def mse(y_true, y_pred):
    return ((y_true - y_pred) ** 2).mean()
