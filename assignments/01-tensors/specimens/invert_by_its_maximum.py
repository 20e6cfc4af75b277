"""Subtracts from the largest value of the image in place of from one."""

# fails: invert
# reason: wrong_answer
# says: largest value


def invert(img):
    return img.max() - img
