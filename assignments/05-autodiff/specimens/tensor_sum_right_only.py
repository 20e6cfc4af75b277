"""Only the right operand is unbroadcast."""
# fails: tensor
# says: unbroadcast the gradient
# hint: The left operand may be the smaller one as well: unbroadcast for both.


def wrong(self, other):
    other = Tensor.of(other)
    return Tensor(self.data + other.data, (self, other), (lambda g: g, lambda g: unbroadcast(g, other.data.shape)))


Tensor.__add__ = wrong
