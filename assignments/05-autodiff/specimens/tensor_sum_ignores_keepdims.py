"""No keepdims."""
# fails: tensor
# hint: keepdims is not used.


def wrong(self, axis=None, keepdims=False):
    x = self.data

    def pullback(g):
        return np.broadcast_to(g if axis is None else np.expand_dims(g, axis), x.shape).copy()

    return Tensor(x.sum(axis=axis), (self,), (pullback,))


Tensor.sum = wrong
