"""Adds into the left operand and returns it."""
# fails: value, backward, xor


def wrong(self, other):
    other = Value.of(other)
    self.data = self.data + other.data
    self.slopes = (1.0, 1.0)
    return self


Value.__add__ = wrong
