"""x + y hands g on in its own shape."""
# fails: tensor
# says: unbroadcast the gradient


def wrong(self, other):
    other = Tensor.of(other)
    return Tensor(self.data + other.data, (self, other), (lambda g: g, lambda g: g))


Tensor.__add__ = wrong
