"""Broadcasting to (N, M, D)."""

# fails: nothing


def pairwise_sqdist(A, B):
    return (A[:, None, :] - B[None, :, :]).pow(2).sum(dim=-1)
