"""n a^n / a: fails at zero."""
# fails: value
# hint: You divide by the data, which may be 0. n * a ** (n - 1) needs no division.


def wrong(self, exponent):
    result = self.data**exponent
    return Value(result, (self,), (exponent * result / self.data,))


Value.__pow__ = wrong
