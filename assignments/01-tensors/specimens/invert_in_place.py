"""Writes the negative into the caller's image."""

# fails: invert
# reason: mutated_input
# says: clone
# hint: `*=` and `+=` write into the caller's image. Build a new tensor with ordinary arithmetic.


def invert(img):
    img *= -1
    img += 1
    return img
