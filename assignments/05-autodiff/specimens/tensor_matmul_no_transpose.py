"""g @ y and x @ g."""
# fails: tensor
# hint: The shapes of the matrix product's gradients do not fit: g @ y.T and x.T @ g.


def wrong(self, other):
    x, y = self.data, other.data
    return Tensor(x @ y, (self, other), (lambda g: g @ y, lambda g: x @ g))


Tensor.__matmul__ = wrong
