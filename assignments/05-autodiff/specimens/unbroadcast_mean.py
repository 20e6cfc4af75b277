"""The mean in place of the sum."""
# fails: unbroadcast, tensor
# hint: An element that was used n times gets the sum of n pieces, not their mean.


def unbroadcast(gradient, shape):
    gradient = gradient.mean(axis=tuple(range(gradient.ndim - len(shape))))
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return gradient.mean(axis=stretched, keepdims=True).reshape(shape)
