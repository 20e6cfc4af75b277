"""Turns the image upside down."""

# fails: invert


def invert(img):
    return img.flip(-2) if img.dim() > 1 else img.flip(-1)
