"""Changes the sign only."""

# fails: invert
# reason: wrong_answer
# hint: You only change the sign, so that all values are negative. Where does 0 have to go, and where 1?


def invert(img):
    return -img
