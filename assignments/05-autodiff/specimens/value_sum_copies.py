"""The parents are copies of the operands, so nothing arrives at the operands."""
# fails: value, xor
# says: not copies of them


def wrong(self, other):
    other = Value.of(other)
    return Value(self.data + other.data, (Value(self.data), Value(other.data)), (1.0, 1.0))


Value.__add__ = wrong
