"""(M, N)."""

# fails: pairwise_sqdist, nearest_mean
# reason: wrong_answer


def pairwise_sqdist(A, B):
    return ((B[:, None] - A[None]) ** 2).sum(-1)
