"""No clamp: rounding leaves negative squares on the diagonal."""

# fails: pairwise_sqdist
# reason: wrong_answer
# says: negative
# hint: Some of your squared distances are a little below zero, from rounding. No entry may be negative, wherever it
#     stands: see to it at the end.


def pairwise_sqdist(A, B):
    return (A * A).sum(1, keepdim=True) - 2 * A @ B.T + (B * B).sum(1)
