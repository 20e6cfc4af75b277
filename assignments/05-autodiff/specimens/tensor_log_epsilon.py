"""log(x + 1e-8)."""
# fails: tensor


def wrong(self):
    x = self.data + 1e-8
    return Tensor(np.log(x), (self,), (lambda g: g / x,))


Tensor.log = wrong
