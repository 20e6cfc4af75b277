"""The root of it (RMSE)."""

# fails: mse
# reason: wrong_answer
# says: root
# hint: You take the square root at the end (the RMSE). The mean of the squares itself is asked for.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean().sqrt()
