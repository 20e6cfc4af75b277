"""Labels as floats."""

# fails: nearest_mean
# reason: wrong_type


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmin(dim=1).float()
