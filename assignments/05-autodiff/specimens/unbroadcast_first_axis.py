"""Sums over the first axis, once."""
# fails: unbroadcast, tensor
# hint: The first axis is summed, whatever the shapes are. Compare the shapes axis by axis, from the right.


def unbroadcast(gradient, shape):
    return gradient.sum(axis=0) if gradient.shape != tuple(shape) else gradient
