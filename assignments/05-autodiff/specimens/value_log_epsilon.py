"""log(a + 1e-8), as seen in many notebooks."""
# fails: value


def wrong(self):
    return Value(math.log(self.data + 1e-8), (self,), (1 / (self.data + 1e-8),))


Value.log = wrong
