"""Negative axes are lost."""
# fails: tensor


def wrong(self, axis=None, keepdims=False):
    x = self.data

    def pullback(g):
        if axis is not None and not keepdims:
            shape = list(x.shape)
            shape[axis] = 1
            g = g.reshape(shape) if axis >= 0 else g
        return np.broadcast_to(g, x.shape).copy()

    return Tensor(x.sum(axis=axis, keepdims=keepdims), (self,), (pullback,))


Tensor.sum = wrong
