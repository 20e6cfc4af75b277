"""A mean over the last axis only."""

# fails: mse
# reason: wrong_answer
# says: missing at the end
# hint: You average over the last axis only, so that a table gives a vector. Take the mean of all elements.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean(-1)
