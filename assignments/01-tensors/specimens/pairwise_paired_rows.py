"""The distance of row n to row n only."""

# fails: pairwise_sqdist, nearest_mean
# hint: You pair row n with row n only. Every row of A meets every row of B: (N, M) entries.


def pairwise_sqdist(A, B):
    return ((A - B) ** 2).sum(-1)
