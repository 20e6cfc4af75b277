"""The first of the repetitions."""
# fails: unbroadcast, tensor
# hint: You keep the first of the repetitions. All of them contribute: sum.


def unbroadcast(gradient, shape):
    gradient = gradient[(0,) * (gradient.ndim - len(shape))]
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.take([0], axis=axis)
    return gradient.reshape(shape)
