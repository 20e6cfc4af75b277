"""float32."""
# fails: unbroadcast, tensor


def unbroadcast(gradient, shape):
    gradient = np.asarray(gradient, dtype=np.float32)
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return gradient.sum(axis=stretched, keepdims=True).reshape(shape)
