"""A number that is added is no parent."""
# fails: value


def plus(self, other):
    if not isinstance(other, Value):
        return Value(self.data + other, (self,), (1.0,))
    return Value(self.data + other.data, (self, other), (1.0, 1.0))


def times(self, other):
    if not isinstance(other, Value):
        return Value(self.data * other, (self,), (other,))
    return Value(self.data * other.data, (self, other), (other.data, self.data))


Value.__add__, Value.__mul__ = plus, times
