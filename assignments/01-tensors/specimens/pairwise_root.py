"""Distances in place of squared ones."""

# fails: pairwise_sqdist
# reason: wrong_answer
# says: No square root
# hint: You take the square root. Squared distances are asked for, so stop before it.


def pairwise_sqdist(A, B):
    return ((A[:, None] - B[None]) ** 2).sum(-1).sqrt()
