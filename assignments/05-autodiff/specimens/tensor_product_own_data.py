"""Each operand gets g times its own data."""
# fails: tensor
# hint: The slope for x is y, and for y it is x: yours are exchanged.


def wrong(self, other):
    other = Tensor.of(other)
    x, y = self.data, other.data
    return Tensor(x * y, (self, other), (lambda g: unbroadcast(g * x, x.shape), lambda g: unbroadcast(g * y, y.shape)))


Tensor.__mul__ = wrong
