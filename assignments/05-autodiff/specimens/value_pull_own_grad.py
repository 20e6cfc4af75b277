"""pull uses the node's own .grad, not its argument."""
# fails: value
# hint: pull uses self.grad in place of the gradient that it was given.


def wrong(self, gradient):
    return [self.grad * slope for slope in self.slopes]


Value.pull = wrong
