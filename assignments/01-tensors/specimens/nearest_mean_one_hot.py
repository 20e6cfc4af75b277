"""One-hot rows in place of labels."""

# fails: nearest_mean
# reason: wrong_answer
# hint: You return a row of zeros and a one for each example. Return the number of the class itself.


def nearest_mean(means, x):
    return F.one_hot(pairwise_sqdist(x, means).argmin(dim=1), len(means))
