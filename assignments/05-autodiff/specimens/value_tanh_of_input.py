"""1 - a^2 instead of 1 - tanh(a)^2."""
# fails: value, xor
# hint: The slope of tanh is 1 - result^2: you squared the operand.


def wrong(self):
    return Value(math.tanh(self.data), (self,), (1 - self.data**2,))


Value.tanh = wrong
