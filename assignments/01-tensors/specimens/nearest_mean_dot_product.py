"""The largest dot product: a long mean wins everywhere."""

# fails: nearest_mean
# reason: wrong_answer
# says: dot product
# hint: You pick the largest dot product, which a long mean wins however far away it is. Pick the smallest distance.


def nearest_mean(means, x):
    return (x @ means.T).argmax(dim=1)
