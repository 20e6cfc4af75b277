"""The slopes alone."""
# fails: tensor
# hint: The pullback of exp forgets the gradient that comes in.


def wrong(self):
    result = np.exp(self.data)
    return Tensor(result, (self,), (lambda g: result.copy(),))


Tensor.exp = wrong
