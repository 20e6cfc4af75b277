"""No look at the shapes: (N,) against (N, 1) is averaged over all N·N pairs, silently."""

# fails: mse
# reason: wrong_answer
# says: (6, 1)
# hint: You never compare the shapes, so (N,) against (N, 1) is averaged over all N·N pairs. Compare them first and
#     raise ValueError when they differ.


def mse(y_true, y_pred):
    return ((y_true - y_pred) ** 2).mean()
