"""n a^n as the slope."""
# fails: value
# hint: The exponent of the slope is one less: n a^(n-1).


def wrong(self, exponent):
    return Value(self.data**exponent, (self,), (exponent * self.data**exponent,))


Value.__pow__ = wrong
