"""x + y hands g on in its own shape."""
# fails: tensor
# says: unbroadcast the gradient
# hint: Where broadcasting repeated an operand of the sum, g has the wrong shape for it: unbroadcast.


def wrong(self, other):
    other = Tensor.of(other)
    return Tensor(self.data + other.data, (self, other), (lambda g: g, lambda g: g))


Tensor.__add__ = wrong
