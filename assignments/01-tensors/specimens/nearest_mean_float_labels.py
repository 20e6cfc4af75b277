"""Labels as floats."""

# fails: nearest_mean
# reason: wrong_type
# hint: The labels are right, but floats. Labels are int64, as argmin gives them.


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmin(dim=1).float()
