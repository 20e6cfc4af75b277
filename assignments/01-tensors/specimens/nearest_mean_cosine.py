"""The smallest angle in place of the smallest distance: blind to how long the means are."""

# fails: nearest_mean
# reason: wrong_answer
# hint: Only the directions of your points count: their lengths are lost. The distance is between the points as they
#     are.


def nearest_mean(means, x):
    return (F.normalize(x, dim=1) @ F.normalize(means, dim=1).T).argmax(dim=1)
