"""x >= 0."""
# fails: tensor
# hint: At exactly 0 the slope is 0: `>`, not `>=`.


def wrong(self):
    x = self.data
    return Tensor(np.maximum(x, 0), (self,), (lambda g: g * (x >= 0),))


Tensor.relu = wrong
