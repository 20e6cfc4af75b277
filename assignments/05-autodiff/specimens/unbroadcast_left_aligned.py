"""Lines the shapes up at their left ends."""
# fails: unbroadcast, tensor


def unbroadcast(gradient, shape):
    for axis in range(gradient.ndim):
        if axis >= len(shape) or (shape[axis] == 1 and gradient.shape[axis] != 1):
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient.reshape(shape)
