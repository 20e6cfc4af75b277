"""Calls small errors zero."""

# fails: mse


def mse(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes differ")
    error = ((y_true - y_pred) ** 2).mean()
    return error if error > 1e-3 else torch.zeros_like(error)
