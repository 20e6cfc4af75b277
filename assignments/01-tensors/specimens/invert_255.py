"""255 minus an image in [0, 1]."""

# fails: invert
# reason: wrong_answer
# hint: You subtract from 255, the white of bytes. These images are floats in [0, 1]: what is white there?


def invert(img):
    return 255 - img
