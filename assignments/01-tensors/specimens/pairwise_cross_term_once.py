"""-a·b in place of -2 a·b."""

# fails: pairwise_sqdist, nearest_mean
# reason: wrong_answer


def pairwise_sqdist(A, B):
    return ((A * A).sum(1, keepdim=True) - A @ B.T + (B * B).sum(1)).clamp(min=0)
