"""Turns the image upside down."""

# fails: invert
# hint: You turn the image upside down: positions change, not brightness. The negative changes the value of each pixel
#     where it is.


def invert(img):
    return img.flip(-2) if img.dim() > 1 else img.flip(-1)
