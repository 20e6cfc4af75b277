"""Divides by the first axis."""
# fails: tensor
# hint: len(data) is the length of the first axis. Which elements are averaged?


def wrong(self, axis=None, keepdims=False):
    return self.sum(axis, keepdims) * (1 / len(self.data))


Tensor.mean = wrong
