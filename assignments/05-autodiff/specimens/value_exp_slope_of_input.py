"""The slope of exp is taken to be the input."""
# fails: value, xor
# hint: The derivative of e^a is e^a: the result, not a.


def wrong(self):
    return Value(math.exp(self.data), (self,), (self.data,))


Value.exp = wrong
