"""(M, N)."""

# fails: pairwise_sqdist, nearest_mean
# reason: wrong_answer
# hint: Rows and columns have changed places. In the table of distances the rows belong to the first points, the
#     columns to the second: look at which axis is which.


def pairwise_sqdist(A, B):
    return ((B[:, None] - A[None]) ** 2).sum(-1)
