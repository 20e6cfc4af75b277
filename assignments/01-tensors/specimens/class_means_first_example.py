"""The first example of each class."""

# fails: nearest_mean
# reason: wrong_answer


def class_means(x, y):
    return torch.stack([x[y == c][0] for c in range(int(y.max()) + 1)])
