"""The slope of a factor is its own data."""
# fails: value, xor
# hint: In a * b the slope for a is b's data, and the other way round: yours are exchanged.


def wrong(self, other):
    other = Value.of(other)
    return Value(self.data * other.data, (self, other), (self.data, other.data))


Value.__mul__ = wrong
