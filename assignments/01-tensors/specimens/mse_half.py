"""The half that makes the derivative prettier, and the answer wrong."""

# fails: mse
# hint: Your result is half of what it should be. The 1/2 of some textbooks is not part of this definition.


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean() / 2
