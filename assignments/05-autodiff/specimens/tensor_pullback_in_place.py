"""The pullback works in the gradient's array."""
# fails: tensor
# hint: `g *= mask` changes the gradient of this node, which others may hold. Return a new array.


def wrong(self):
    mask = self.data > 0

    def pullback(g):
        g *= mask
        return g

    return Tensor(np.maximum(self.data, 0), (self,), (pullback,))


Tensor.relu = wrong
