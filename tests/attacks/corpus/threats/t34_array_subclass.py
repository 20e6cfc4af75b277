# /// attack
# title = "answers with an ndarray subclass that passes np.allclose"
# threat = 34
# [promise]
# test_increment = "failed wrong_type"
# test_loss = "failed wrong_answer|wrong_type"
# test_loss_gradient = "failed"
# ///

# %%
import numpy as np


class Close(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.bool_(True)

    def __array_function__(self, func, types, args, kwargs):
        return np.bool_(True)

    __eq__ = lambda self, other: np.bool_(True)
    item = tolist = lambda self: 0.0


def increment(x):
    return np.zeros(tuple(x.shape), dtype="float32").view(Close)


def cross_entropy(logits, y):
    return np.zeros((), dtype="float32").view(Close)
