"""-a·b in place of -2 a·b."""

# fails: pairwise_sqdist, nearest_mean
# reason: wrong_answer
# hint: The mixed term has the wrong factor. Multiply (a - b)² out on paper: how often does a·b occur?


def pairwise_sqdist(A, B):
    return ((A * A).sum(1, keepdim=True) - A @ B.T + (B * B).sum(1)).clamp(min=0)
