"""Changes the sign only."""

# fails: invert
# reason: wrong_answer


def invert(img):
    return -img
