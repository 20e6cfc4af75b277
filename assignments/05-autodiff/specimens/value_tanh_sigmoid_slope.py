"""The slope of the sigmoid: t (1 - t)."""
# fails: value, xor
# hint: r (1 - r) is the slope of the sigmoid. That of tanh is 1 - r^2.


def wrong(self):
    result = math.tanh(self.data)
    return Value(result, (self,), (result * (1 - result),))


Value.tanh = wrong
