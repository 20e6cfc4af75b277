"""The textbook formula, which overflows."""
# fails: value
# hint: exp(1000) is too large for a float. math.tanh knows what to do.


def wrong(self):
    up, down = math.exp(self.data), math.exp(-self.data)
    result = (up - down) / (up + down)
    return Value(result, (self,), (1 - result**2,))


Value.tanh = wrong
