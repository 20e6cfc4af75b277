"""g over the result."""
# fails: tensor
# hint: The slope of log x is 1/x, with x the operand.


def wrong(self):
    result = np.log(self.data)
    return Tensor(result, (self,), (lambda g: g / result,))


Tensor.log = wrong
