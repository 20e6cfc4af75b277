"""The first example of each class."""

# fails: nearest_mean
# reason: wrong_answer
# hint: You take the first example of each class. The mean goes over all of them: x[y == c] has one row for each.


def class_means(x, y):
    return torch.stack([x[y == c][0] for c in range(int(y.max()) + 1)])
