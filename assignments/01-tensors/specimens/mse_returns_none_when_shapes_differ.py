"""Prints and returns nothing in place of raising."""

# fails: mse
# reason: wrong_answer
# says: ValueError


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        print("shapes differ")
        return None
    return ((y_true - y_pred) ** 2).mean()
