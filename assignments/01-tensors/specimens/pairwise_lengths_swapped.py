"""|a|² as a row and |b|² as a column: only fits when N = M."""

# fails: pairwise_sqdist, nearest_mean
# hint: The squared lengths of A and B sit on each other's axis. Those of A belong to the rows, as (N, 1), those of B
#     to the columns.


def pairwise_sqdist(A, B):
    return ((A * A).sum(1) - 2 * A @ B.T + (B * B).sum(1, keepdim=True)).clamp(min=0)
