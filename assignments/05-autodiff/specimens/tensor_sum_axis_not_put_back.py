"""Broadcasts without putting the lost axis back."""
# fails: tensor


def wrong(self, axis=None, keepdims=False):
    x = self.data
    return Tensor(x.sum(axis=axis, keepdims=keepdims), (self,), (lambda g: np.broadcast_to(g, x.shape).copy(),))


Tensor.sum = wrong
