"""Compares the number of axes."""

# fails: mse
# hint: You compare how many axes there are, so (6,) and (1,) pass and broadcast. Compare the whole shapes.


def mse(y_true, y_pred):
    if y_true.dim() != y_pred.dim():
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean()
