"""The parents in the order of their data."""
# fails: value
# says: in their order


def wrong(self, other):
    other = Value.of(other)
    return Value(self.data + other.data, sorted((self, other), key=lambda node: node.data), (1.0, 1.0))


Value.__add__ = wrong
