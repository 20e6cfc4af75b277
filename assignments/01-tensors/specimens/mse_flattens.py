"""Makes the shapes agree by flattening both, so that a wrong shape is never noticed."""

# fails: mse
# reason: wrong_answer
# says: ValueError
# hint: You compare how many elements there are, so (6,) and (6, 1) pass. Equal numbers of elements are not equal
#     shapes: compare the shapes as they come.


def mse(y_true, y_pred):
    a, b = y_true.reshape(-1), y_pred.reshape(-1)
    if a.shape != b.shape:
        raise ValueError("shapes differ")
    return ((a - b) ** 2).mean()
