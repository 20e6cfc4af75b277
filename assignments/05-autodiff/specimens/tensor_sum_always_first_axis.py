"""Puts the lost axis back in front."""
# fails: tensor
# hint: The lost axis is put back in front. Its place was `axis`.


def wrong(self, axis=None, keepdims=False):
    x = self.data

    def pullback(g):
        if axis is not None and not keepdims:
            g = g[None]
        return np.broadcast_to(g, x.shape).copy()

    return Tensor(x.sum(axis=axis, keepdims=keepdims), (self,), (pullback,))


Tensor.sum = wrong
