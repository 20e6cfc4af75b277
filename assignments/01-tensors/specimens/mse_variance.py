"""The variance of the differences: a constant error costs nothing."""

# fails: mse
# hint: You take the variance of the differences, in which a constant error cancels. Square the differences as they
#     are.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return (y_true - y_pred).var(correction=0)
