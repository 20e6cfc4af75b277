"""Values without a graph."""
# fails: tensor
# says: not among the parents


def wrong(self):
    return Tensor(np.exp(self.data))


Tensor.exp = wrong
