"""Divides by the slope."""
# fails: value, backward, descend, xor
# hint: The chain rule multiplies by the slope; you divide.


def wrong(self, gradient):
    return [gradient / slope if slope else 0.0 for slope in self.slopes]


Value.pull = wrong
