"""The distance of row n to row n only."""

# fails: pairwise_sqdist, nearest_mean


def pairwise_sqdist(A, B):
    return ((A - B) ** 2).sum(-1)
