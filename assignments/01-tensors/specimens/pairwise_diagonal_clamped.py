"""Clamps the diagonal only: the same point may stand elsewhere too."""

# fails: pairwise_sqdist
# says: negative


def pairwise_sqdist(A, B):
    d = (A * A).sum(1, keepdim=True) - 2 * A @ B.T + (B * B).sum(1)
    return d - torch.diag(d.diagonal().clamp(max=0)) if A.shape == B.shape else d
