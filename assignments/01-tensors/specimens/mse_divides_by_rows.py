"""Divides by the number of rows in place of the number of elements."""

# fails: mse
# reason: wrong_answer
# hint: You divide by the number of rows. The mean goes over all elements, and a table has more of them than rows.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).sum() / len(y_true)
