"""Leaky."""
# fails: value
# hint: That is a leaky ReLU. Below 0, value and slope are 0.


def wrong(self):
    return Value(max(0.01 * self.data, self.data), (self,), (1.0 if self.data > 0 else 0.01,))


Value.relu = wrong
