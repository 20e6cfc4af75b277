"""Every pixel becomes black or white."""

# fails: invert
# reason: wrong_answer


def invert(img):
    return (img < 0.5).to(img.dtype)
