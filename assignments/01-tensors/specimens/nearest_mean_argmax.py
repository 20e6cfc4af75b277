"""argmax: the farthest mean."""

# fails: nearest_mean
# says: argmin


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmax(dim=1)
