"""exp(n log a): no negative bases."""
# fails: value


def wrong(self, exponent):
    result = math.exp(exponent * math.log(self.data))
    return Value(result, (self,), (exponent * result / self.data,))


Value.__pow__ = wrong
