"""The pullback adds to the parent's grad by itself."""
# fails: tensor
# says: it only returns
# hint: Your pullback adds to .grad. It only returns what reaches the parent.


def wrong(self):
    result = np.exp(self.data)

    def pullback(g):
        self.grad = self.grad + g * result
        return g * result

    return Tensor(result, (self,), (pullback,))


Tensor.exp = wrong
