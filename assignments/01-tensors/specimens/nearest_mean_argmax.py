"""argmax: the farthest mean."""

# fails: nearest_mean
# says: argmin
# hint: You pick the largest distance, the farthest mean. The nearest one has the smallest.


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmax(dim=1)
