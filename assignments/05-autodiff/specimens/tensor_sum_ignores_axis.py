"""Sums everything, always."""
# fails: tensor
# hint: The axis is not used: everything is summed.


def wrong(self, axis=None, keepdims=False):
    x = self.data
    return Tensor(x.sum(keepdims=keepdims), (self,), (lambda g: np.full(x.shape, g.sum()),))


Tensor.sum = wrong
