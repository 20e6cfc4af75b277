"""+2 a·b: the squared length of the sum."""

# fails: pairwise_sqdist, nearest_mean
# reason: wrong_answer
# hint: The mixed term has the wrong sign: this is the squared length of a + b. Multiply (a - b)² out.


def pairwise_sqdist(A, B):
    return ((A * A).sum(1, keepdim=True) + 2 * A @ B.T + (B * B).sum(1)).clamp(min=0)
