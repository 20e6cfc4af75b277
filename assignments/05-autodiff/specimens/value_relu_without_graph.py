"""relu of a negative number returns a fresh zero."""
# fails: value
# says: are not its operands


def wrong(self):
    return self if self.data > 0 else Value(0.0)


Value.relu = wrong
