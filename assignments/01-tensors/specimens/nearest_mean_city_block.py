"""The city-block distance."""

# fails: nearest_mean
# hint: You compare sums of absolute differences. Nearest is meant by the squared Euclidean distance, as
#     pairwise_sqdist gives it.


def nearest_mean(means, x):
    return (x[:, None] - means).abs().sum(-1).argmin(1)
