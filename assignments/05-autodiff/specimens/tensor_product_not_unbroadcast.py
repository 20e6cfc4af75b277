"""x * y without unbroadcast."""
# fails: tensor
# says: unbroadcast the gradient
# hint: Products broadcast as sums do: unbroadcast(g * y, x.shape).


def wrong(self, other):
    other = Tensor.of(other)
    x, y = self.data, other.data
    return Tensor(x * y, (self, other), (lambda g: g * y, lambda g: g * x))


Tensor.__mul__ = wrong
