"""A mean over the last axis only."""

# fails: mse
# reason: wrong_answer
# says: missing at the end


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean(-1)
