"""e · e over the number of elements."""

# fails: nothing


def mse(y_true, y_pred):
    if y_true.size() == y_pred.size():
        error = y_pred.flatten() - y_true.flatten()
        return (error @ error) / error.numel()
    raise ValueError("the shapes must be the same")
