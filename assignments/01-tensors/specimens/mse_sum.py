"""A sum in place of the mean."""

# fails: mse
# reason: wrong_answer
# says: not their sum
# hint: You add the squares up. Divide by how many there are: the mean.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).sum()
