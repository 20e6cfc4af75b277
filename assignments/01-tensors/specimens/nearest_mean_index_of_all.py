"""argmin without an axis: one label for everything."""

# fails: nearest_mean
# reason: wrong_answer


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmin()
