"""Parents in a set, as some do: a * a has one parent then, in any order."""
# fails: value
# says: as often as they were used


def wrong(self, other):
    other = Value.of(other)
    if self is other:
        return Value(self.data**2, (self,), (2 * self.data,))
    return Value(self.data * other.data, (self, other), (other.data, self.data))


Value.__mul__ = wrong
