"""The mean absolute error."""

# fails: mse
# reason: wrong_answer
# says: absolute
# hint: You take absolute values. Square the differences instead.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return (y_true - y_pred).abs().mean()
