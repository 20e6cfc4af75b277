"""log of at least 1e-12."""
# fails: tensor
# hint: log is bent below 1e-12 here. It is asked for at every number above 0, however small.


def wrong(self):
    safe = np.maximum(self.data, 1e-12)
    return Tensor(np.log(safe), (self,), (lambda g: g / safe,))


Tensor.log = wrong
