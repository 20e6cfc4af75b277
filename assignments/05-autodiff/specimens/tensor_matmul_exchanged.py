"""The gradients go to the wrong operands."""
# fails: tensor
# hint: The two pullbacks stand in the wrong order: the first belongs to the left factor.


def wrong(self, other):
    x, y = self.data, other.data
    return Tensor(x @ y, (self, other), (lambda g: x.T @ g, lambda g: g @ y.T))


Tensor.__matmul__ = wrong
