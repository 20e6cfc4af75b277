"""Slope 1 at zero."""
# fails: value
# hint: At exactly 0 the slope is asked to be 0, as torch's: `>`, not `>=`.


def wrong(self):
    return Value(max(0.0, self.data), (self,), (1.0 if self.data >= 0 else 0.0,))


Value.relu = wrong
