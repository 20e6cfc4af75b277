"""An assert in place of the ValueError that was asked for."""

# fails: mse
# hint: Your assert raises AssertionError. A caller expects ValueError: test with `if`, and `raise` it.


def mse(y_true, y_pred):
    assert y_true.shape == y_pred.shape
    return ((y_true - y_pred) ** 2).mean()
