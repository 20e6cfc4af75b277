"""argmin without an axis: one label for everything."""

# fails: nearest_mean
# reason: wrong_answer
# hint: Your argmin goes over the whole table and gives a single number. Name the axis of the classes, so that each
#     example gets its own.


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmin()
