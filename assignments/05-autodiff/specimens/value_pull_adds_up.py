"""pull writes into the parents' grad."""
# fails: value, backward, descend, xor
# hint: pull only computes; you also add to the parents' .grad, so that backward adds everything a second time.


def wrong(self, gradient):
    pieces = [gradient * slope for slope in self.slopes]
    for parent, piece in zip(self.parents, pieces, strict=True):
        parent.grad = parent.grad + piece
    return pieces


Value.pull = wrong
