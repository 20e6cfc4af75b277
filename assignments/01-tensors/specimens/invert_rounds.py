"""Every pixel becomes black or white."""

# fails: invert
# reason: wrong_answer
# hint: Every pixel of yours becomes fully black or fully white. What lies between has to stay between: 0.25 becomes
#     0.75.


def invert(img):
    return (img < 0.5).to(img.dtype)
