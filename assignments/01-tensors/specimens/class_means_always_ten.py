"""Ten classes, whatever the labels: NaN rows for those that do not occur."""

# fails: nearest_mean
# reason: wrong_answer


def class_means(x, y):
    return torch.stack([x[y == c].mean(dim=0) for c in range(10)])
