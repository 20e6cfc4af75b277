"""Writes zeros into the operand."""
# fails: tensor
# hint: You write zeros into the operand's own array.


def wrong(self):
    mask = self.data > 0
    self.data[~mask] = 0.0
    return Tensor(self.data, (self,), (lambda g: g * mask,))


Tensor.relu = wrong
