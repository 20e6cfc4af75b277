"""Lets pairs of one element each pass, whatever their shapes."""

# fails: mse
# hint: () and (1,) pass your guard. Shapes of one element differ like any others: compare the shapes themselves.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape and not (y_true.numel() == y_pred.numel() == 1):
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean()
