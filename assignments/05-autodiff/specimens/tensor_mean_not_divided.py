"""The gradient of the mean is that of the sum."""
# fails: tensor


def wrong(self, axis=None, keepdims=False):
    x = self.data

    def pullback(g):
        if axis is not None and not keepdims:
            g = np.expand_dims(g, axis)
        return np.broadcast_to(g, x.shape).copy()

    return Tensor(x.mean(axis=axis, keepdims=keepdims), (self,), (pullback,))


Tensor.mean = wrong
