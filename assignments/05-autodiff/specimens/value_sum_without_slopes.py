"""A sum without slopes: zip stops early and nothing flows."""
# fails: value, xor


def wrong(self, other):
    other = Value.of(other)
    return Value(self.data + other.data, (self, other))


Value.__add__ = wrong
