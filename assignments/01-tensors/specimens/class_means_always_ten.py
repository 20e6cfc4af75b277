"""Ten classes, whatever the labels: NaN rows for those that do not occur."""

# fails: nearest_mean
# reason: wrong_answer
# hint: You always make ten rows, and classes that do not occur become NaN. The number of classes follows from y.


def class_means(x, y):
    return torch.stack([x[y == c].mean(dim=0) for c in range(10)])
