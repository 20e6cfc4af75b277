"""Sums away the axes of size 1."""
# fails: unbroadcast, tensor
# hint: An axis of size 1 in shape is kept: keepdims=True.


def unbroadcast(gradient, shape):
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return gradient.sum(axis=stretched)
