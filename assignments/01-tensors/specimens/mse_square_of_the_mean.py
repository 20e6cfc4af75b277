"""Squares after the mean: errors of both signs cancel."""

# fails: mse
# reason: wrong_answer
# hint: You average first and square afterwards, so that errors of both signs cancel. Square each difference, then
#     take the mean.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return (y_true - y_pred).mean() ** 2
