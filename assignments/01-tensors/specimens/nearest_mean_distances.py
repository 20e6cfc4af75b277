"""Returns distances, not labels."""

# fails: nearest_mean
# reason: wrong_type
# hint: You return the smallest distances. Asked for is at which class they are: the position, not the value.


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).min(dim=1).values
