"""The transposed gradient."""
# fails: tensor
# hint: Your gradients of the matrix product are the transposes of the right ones.


def wrong(self, other):
    x, y = self.data, other.data
    return Tensor(x @ y, (self, other), (lambda g: y @ g.T, lambda g: g.T @ x))


Tensor.__matmul__ = wrong
