"""Looks for axes whose sizes differ."""
# fails: unbroadcast, tensor


def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        for axis in range(gradient.ndim):
            if axis >= len(shape) or gradient.shape[axis] != shape[axis]:
                gradient = gradient.sum(axis=axis)
                break
    for axis, size in enumerate(shape):
        if size != gradient.shape[axis]:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient
