"""|a|² as a row and |b|² as a column: only fits when N = M."""

# fails: pairwise_sqdist, nearest_mean


def pairwise_sqdist(A, B):
    return ((A * A).sum(1) - 2 * A @ B.T + (B * B).sum(1, keepdim=True)).clamp(min=0)
