"""argmin over the examples."""

# fails: nearest_mean
# reason: wrong_answer
# hint: You look for the nearest example of each mean. Turn it round: for each example the nearest mean. Which axis of
#     (N, C) holds the classes?


def nearest_mean(means, x):
    return pairwise_sqdist(x, means).argmin(dim=0)
