"""Sums over added axes, not over stretched ones."""
# fails: unbroadcast, tensor
# hint: Axes of size 1 were stretched, and have to be summed as well (keepdims=True).


def unbroadcast(gradient, shape):
    return gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
