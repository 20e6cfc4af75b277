"""The power rule without the exponent in front."""
# fails: value
# hint: The derivative of a^n is n a^(n-1): the factor n is missing.


def wrong(self, exponent):
    return Value(self.data**exponent, (self,), (self.data ** (exponent - 1),))


Value.__pow__ = wrong
