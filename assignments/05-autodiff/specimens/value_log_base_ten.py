"""Base 10."""
# fails: value
# hint: log is the natural logarithm: math.log.


def wrong(self):
    return Value(math.log10(self.data), (self,), (1 / self.data,))


Value.log = wrong
