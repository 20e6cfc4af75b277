"""Writes the negative into the caller's image."""

# fails: invert
# reason: mutated_input
# says: clone


def invert(img):
    img *= -1
    img += 1
    return img
