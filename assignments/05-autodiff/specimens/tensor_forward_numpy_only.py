"""Values without a graph."""
# fails: tensor
# says: not among the parents
# hint: exp returns a leaf: parents and pullbacks are missing.


def wrong(self):
    return Tensor(np.exp(self.data))


Tensor.exp = wrong
