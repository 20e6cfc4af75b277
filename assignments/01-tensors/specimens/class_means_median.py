"""Medians."""

# fails: nearest_mean
# reason: wrong_answer
# hint: You take medians. Asked for is the mean of each class.


def class_means(x, y):
    return torch.stack([x[y == c].median(dim=0).values for c in range(int(y.max()) + 1)])
