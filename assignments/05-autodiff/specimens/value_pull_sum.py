"""One number: the sum of all pieces."""
# fails: value, backward, descend, xor
# says: one float for each parent


def wrong(self, gradient):
    return sum(gradient * slope for slope in self.slopes)


Value.pull = wrong
