"""Broadcasts without putting the lost axis back."""
# fails: tensor
# hint: After a sum over axis 1 of (2, 3), g has shape (2,), which broadcasts against the wrong axis, or not at
#     all. Put the axis back: np.expand_dims(g, axis).


def wrong(self, axis=None, keepdims=False):
    x = self.data
    return Tensor(x.sum(axis=axis, keepdims=keepdims), (self,), (lambda g: np.broadcast_to(g, x.shape).copy(),))


Tensor.sum = wrong
