"""Compares the number of axes and the last axis."""

# fails: mse
# hint: Your guard looks at part of the shape only, so (4, 3) and (1, 3) pass and broadcast. Compare the whole shapes.


def mse(y_true, y_pred):
    if y_true.dim() != y_pred.dim() or y_true.shape[-1:] != y_pred.shape[-1:]:
        raise ValueError("shapes differ")
    return ((y_true - y_pred) ** 2).mean()
