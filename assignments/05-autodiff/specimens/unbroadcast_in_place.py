"""Writes into the gradient."""
# fails: unbroadcast, tensor
# hint: You write into the gradient that came in. Its owner still needs it.


def unbroadcast(gradient, shape):
    gradient *= 1.0
    out = gradient
    for _ in range(gradient.ndim - len(shape)):
        out[0] = out.sum(axis=0)
        out = out[0]
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return out.sum(axis=stretched, keepdims=True).reshape(shape)
