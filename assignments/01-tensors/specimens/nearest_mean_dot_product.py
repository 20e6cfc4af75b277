"""The largest dot product: a long mean wins everywhere."""

# fails: nearest_mean
# reason: wrong_answer
# says: dot product


def nearest_mean(means, x):
    return (x @ means.T).argmax(dim=1)
