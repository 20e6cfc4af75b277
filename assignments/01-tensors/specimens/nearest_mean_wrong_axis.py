"""argmin over the examples."""

# fails: nearest_mean
# reason: wrong_answer
# hint: Rows and columns have changed places. In the table of distances the rows belong to the first points, the
#     columns to the second: look at which axis is which.


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmin(dim=0)
