"""A mean over the dimensions in place of a sum."""

# fails: pairwise_sqdist
# reason: wrong_answer
# hint: You take a mean over the D dimensions. The squared distance is a sum.


def pairwise_sqdist(A, B):
    return ((A[:, None] - B[None]) ** 2).mean(-1)
