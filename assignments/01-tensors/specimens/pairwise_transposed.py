"""(M, N)."""

# fails: pairwise_sqdist, nearest_mean
# reason: wrong_answer
# hint: The numbers are right, but as (M, N). The rows of the result belong to A.


def pairwise_sqdist(A, B):
    return ((B[:, None] - A[None]) ** 2).sum(-1)
