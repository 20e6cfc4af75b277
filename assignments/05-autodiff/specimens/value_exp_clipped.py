"""Clips the argument of exp."""
# fails: value
# hint: You clip the argument of exp: its value is wrong beyond, and its slope would be 0 there.


def wrong(self):
    result = math.exp(max(-20.0, min(10.0, self.data)))
    return Value(result, (self,), (result,))


Value.exp = wrong
