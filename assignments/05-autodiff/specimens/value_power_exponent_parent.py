"""The exponent is made a parent."""
# fails: value
# says: are not its operands


def wrong(self, exponent):
    result = self.data**exponent
    slope = exponent * self.data ** (exponent - 1)
    return Value(result, (self, Value(exponent)), (slope, result * math.log(abs(self.data) or 1.0)))


Value.__pow__ = wrong
