"""The squared norm over the number of elements; the guard in a decorator."""

# fails: nothing

import functools


def same_shapes(function):
    @functools.wraps(function)
    def guarded(y_true, y_pred):
        if y_true.ndim != y_pred.ndim or any(a != b for a, b in zip(y_true.shape, y_pred.shape)):
            raise ValueError(f"{y_true.shape} is not {y_pred.shape}")
        return function(y_true, y_pred)

    return guarded


@same_shapes
def mse(y_true, y_pred):
    return torch.linalg.vector_norm(y_pred - y_true).pow(2) / y_true.numel()
