"""No clamp: rounding leaves negative squares on the diagonal."""

# fails: pairwise_sqdist
# reason: wrong_answer
# says: negative


def pairwise_sqdist(A, B):
    return (A * A).sum(1, keepdim=True) - 2 * A @ B.T + (B * B).sum(1)
