"""g times x."""
# fails: tensor
# hint: The slope of exp is its result.


def wrong(self):
    x = self.data
    return Tensor(np.exp(x), (self,), (lambda g: g * x,))


Tensor.exp = wrong
