"""The gradient of a sum in the shape of the sum."""
# fails: tensor
# says: shape
# hint: The gradient of a sum has to be repeated to the operand's shape.


def wrong(self, axis=None, keepdims=False):
    return Tensor(self.data.sum(axis=axis, keepdims=keepdims), (self,), (lambda g: g,))


Tensor.sum = wrong
