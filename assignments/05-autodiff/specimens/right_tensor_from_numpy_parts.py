"""Right: the mean and the sum by matrix tricks, a memory of shapes instead of arrays."""
# fails: nothing


def summed(self, axis=None, keepdims=False):
    shape = self.data.shape
    axes = tuple(range(len(shape))) if axis is None else (axis % len(shape),)
    kept = tuple(1 if number in axes else size for number, size in enumerate(shape))
    result = np.sum(self.data, axis=axes, keepdims=keepdims)
    return Tensor(
        result, (self,), (lambda g: np.tile(g.reshape(kept), [s // k for s, k in zip(shape, kept, strict=True)]),)
    )


def averaged(self, axis=None, keepdims=False):
    total = self.sum(axis=axis, keepdims=keepdims)
    return total * Tensor(total.data.size / self.data.size)


Tensor.sum, Tensor.mean = summed, averaged
