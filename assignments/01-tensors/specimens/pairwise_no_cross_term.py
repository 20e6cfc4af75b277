"""Forgets -2 a·b."""

# fails: pairwise_sqdist, nearest_mean
# reason: wrong_answer
# says: all three terms
# hint: The mixed term is missing: the square of a difference has three terms, not two.


def pairwise_sqdist(A, B):
    return (A * A).sum(1, keepdim=True) + (B * B).sum(1)
