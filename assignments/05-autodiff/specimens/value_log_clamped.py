"""Keeps the argument of log above 1e-12."""
# fails: value
# hint: log is bent below 1e-12 here. It is asked for at every number above 0, however small.


def wrong(self):
    safe = max(self.data, 1e-12)
    return Value(math.log(safe), (self,), (1 / safe,))


Value.log = wrong
