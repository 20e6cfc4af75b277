"""Keeps the argument of exp below 50, against overflow."""
# fails: value
# hint: exp stands still beyond 50 here. A float holds e to the power of 700.


def wrong(self):
    result = math.exp(min(self.data, 50.0))
    return Value(result, (self,), (result,))


Value.exp = wrong
