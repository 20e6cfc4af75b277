"""Clips large errors, against outliers."""

# fails: mse
# hint: Large differences are cut off in yours. All of them count, squared.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred).clamp(-3, 3) ** 2).mean()
