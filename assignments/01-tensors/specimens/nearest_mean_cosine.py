"""The smallest angle in place of the smallest distance: blind to how long the means are."""

# fails: nearest_mean
# reason: wrong_answer
# hint: You compare directions, and the length of the means is lost. Nearest means the smallest distance.


def nearest_mean(means, x):
    return (F.normalize(x, dim=1) @ F.normalize(means, dim=1).T).argmax(dim=1)
