"""exp of at most 30."""
# fails: tensor
# hint: exp stands still beyond 30 here, and its slope does not.


def wrong(self):
    result = np.exp(np.clip(self.data, -30, 30))
    return Tensor(result, (self,), (lambda g: g * result,))


Tensor.exp = wrong
