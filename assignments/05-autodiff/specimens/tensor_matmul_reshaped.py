"""reshape where a transpose is due."""
# fails: tensor
# hint: reshape gives the shape of the transpose, and not its elements. y.T and x.T.


def wrong(self, other):
    x, y = self.data, other.data
    return Tensor(
        x @ y,
        (self, other),
        (lambda g: g @ y.reshape(y.shape[::-1]), lambda g: x.reshape(x.shape[::-1]) @ g),
    )


Tensor.__matmul__ = wrong
