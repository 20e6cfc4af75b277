"""No gradient for the right factor."""
# fails: tensor
# says: not among the parents


def wrong(self, other):
    x, y = self.data, other.data
    return Tensor(x @ y, (self,), (lambda g: g @ y.T,))


Tensor.__matmul__ = wrong
