"""Subtracts from the largest value of the image in place of from one."""

# fails: invert
# reason: wrong_answer
# says: largest value
# hint: You subtract from the image's own largest value. White is 1, however bright this image is.


def invert(img):
    return img.max() - img
