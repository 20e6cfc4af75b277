"""relu of the gradient."""
# fails: tensor
# hint: The mask is where the OPERAND is positive; you cut the gradient where the gradient is negative.


def wrong(self):
    return Tensor(np.maximum(self.data, 0), (self,), (lambda g: np.maximum(g, 0),))


Tensor.relu = wrong
