"""The city-block distance."""

# fails: pairwise_sqdist, nearest_mean
# hint: You add absolute differences up (the city-block distance). Squared Euclidean distance adds up their squares.


def pairwise_sqdist(A, B):
    return (A[:, None] - B[None]).abs().sum(-1)
