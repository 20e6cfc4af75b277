"""A subclass of ValueError, and numpy inside."""

# fails: nothing


class ShapeError(ValueError):
    pass


def mse(y_true, y_pred):
    if tuple(y_true.shape) != tuple(y_pred.shape):
        raise ShapeError(y_true.shape, y_pred.shape)
    return torch.tensor(np.mean(np.square(y_true.numpy() - y_pred.numpy())))
