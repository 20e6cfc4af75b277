"""255 minus an image in [0, 1]."""

# fails: invert
# reason: wrong_answer


def invert(img):
    return 255 - img
