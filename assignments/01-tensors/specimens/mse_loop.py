"""A plain loop over the elements, in Python numbers: slow, and nobody forbade it."""

# fails: nothing


def mse(y_true, y_pred):
    if not y_true.shape == y_pred.shape:
        raise ValueError
    total = 0.0
    for a, b in zip(y_true.flatten().tolist(), y_pred.flatten().tolist()):
        total += (a - b) ** 2
    return torch.tensor(total / y_true.numel(), dtype=y_true.dtype)
