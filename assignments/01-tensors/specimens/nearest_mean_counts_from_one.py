"""Classes numbered from one."""

# fails: nearest_mean
# reason: wrong_answer
# hint: Your labels are one too large. Classes count from 0, like the rows of means.


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmin(dim=1) + 1
