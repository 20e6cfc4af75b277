"""Distances in place of squared ones."""

# fails: pairwise_sqdist
# reason: wrong_answer
# says: No square root


def pairwise_sqdist(A, B):
    return ((A[:, None] - B[None]) ** 2).sum(-1).sqrt()
