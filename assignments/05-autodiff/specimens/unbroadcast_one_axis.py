"""One added axis at most."""
# fails: unbroadcast, tensor
# hint: Broadcasting may put several axes in front, not one alone.


def unbroadcast(gradient, shape):
    if gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return gradient.sum(axis=stretched, keepdims=True) if gradient.ndim == len(shape) else gradient
