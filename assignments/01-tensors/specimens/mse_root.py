"""The root of it (RMSE)."""

# fails: mse
# reason: wrong_answer
# says: root


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean().sqrt()
