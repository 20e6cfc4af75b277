"""Prints and returns nothing in place of raising."""

# fails: mse
# reason: wrong_answer
# says: ValueError
# hint: When the shapes differ you return without an error, and the caller goes on with nothing. Raise ValueError
#     there.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        print("shapes differ")
        return None
    return ((y_true - y_pred) ** 2).mean()
