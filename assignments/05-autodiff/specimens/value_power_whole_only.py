"""Cuts the exponent to an int."""
# fails: value
# hint: Exponents such as 0.5 are numbers as well; you cut them to whole ones.


def wrong(self, exponent):
    n = int(exponent)
    return Value(self.data**n, (self,), (n * self.data ** (n - 1) if n else 0.0,))


Value.__pow__ = wrong
