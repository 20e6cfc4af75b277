"""Unbroadcasts before the multiplication."""
# fails: tensor
# hint: First multiply g by the other operand, at full size; then sum. The sum of products is not the product of
#     sums.


def wrong(self, other):
    other = Tensor.of(other)
    x, y = self.data, other.data
    return Tensor(
        x * y,
        (self, other),
        (
            lambda g: unbroadcast(unbroadcast(g, x.shape) * y, x.shape),
            lambda g: unbroadcast(unbroadcast(g, y.shape) * x, y.shape),
        ),
    )


Tensor.__mul__ = wrong
