"""Returns distances, not labels."""

# fails: nearest_mean
# reason: wrong_type


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).min(dim=1).values
