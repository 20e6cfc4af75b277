"""Only the left operand is remembered."""
# fails: value, xor
# hint: A product has two parents, the left and the right operand. Yours has one.


def wrong(self, other):
    other = Value.of(other)
    return Value(self.data * other.data, (self,), (other.data,))


Value.__mul__ = wrong
