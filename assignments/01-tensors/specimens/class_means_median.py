"""Medians."""

# fails: nearest_mean
# reason: wrong_answer


def class_means(x, y):
    return torch.stack([x[y == c].median(dim=0).values for c in range(int(y.max()) + 1)])
