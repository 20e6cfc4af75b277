"""Divides by the number of all elements."""
# fails: tensor
# hint: A mean along an axis divides by the length of that axis, not by the number of all elements.


def wrong(self, axis=None, keepdims=False):
    return self.sum(axis, keepdims) * (1 / self.data.size)


Tensor.mean = wrong
