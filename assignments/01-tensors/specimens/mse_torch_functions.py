"""torch.pow, torch.mean, and the guard in a function of its own."""

# fails: nothing


def same_shape_or_error(a, b):
    if list(a.shape) != list(b.shape):
        raise ValueError("different shapes")


def mse(y_true, y_pred):
    same_shape_or_error(y_true, y_pred)
    return torch.mean(torch.pow(y_pred - y_true, 2))
