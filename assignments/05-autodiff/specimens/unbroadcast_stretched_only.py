"""Sums over stretched axes, not over added ones."""
# fails: unbroadcast, tensor
# hint: Axes that broadcasting put in front are not summed away.


def unbroadcast(gradient, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient
