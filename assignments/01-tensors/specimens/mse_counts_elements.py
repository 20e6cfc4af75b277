"""Compares the number of elements in place of the shapes."""

# fails: mse
# reason: wrong_answer
# says: ValueError
# hint: You compare how many elements there are, so (6,) and (6, 1) pass. Equal numbers of elements are not equal
#     shapes: compare the shapes as they come.


def mse(y_true, y_pred):
    if y_true.numel() != y_pred.numel():
        raise ValueError("sizes differ")
    return ((y_true - y_pred) ** 2).mean()
