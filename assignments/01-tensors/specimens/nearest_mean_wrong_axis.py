"""argmin over the examples."""

# fails: nearest_mean
# reason: wrong_answer


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmin(dim=0)
