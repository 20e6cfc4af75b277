"""pull returns the slopes themselves."""
# fails: value, backward, xor
# hint: pull forgets the gradient that came in: multiply every slope by it.


def wrong(self, gradient):
    return list(self.slopes)


Value.pull = wrong
