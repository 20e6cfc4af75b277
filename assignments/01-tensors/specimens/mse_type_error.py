"""TypeError in place of the ValueError that was asked for."""

# fails: mse
# hint: You notice that the shapes differ and raise another exception. The docstring promises ValueError.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise TypeError("shapes differ")
    return ((y_true - y_pred) ** 2).mean()
