"""Inverts the first image of a batch."""

# fails: invert
# hint: In a batch only the first image is inverted. Arithmetic on the whole tensor reaches all of them.


def invert(img):
    if img.dim() < 4:
        return 1 - img
    out = img.clone()
    out[0] = 1 - out[0]
    return out
