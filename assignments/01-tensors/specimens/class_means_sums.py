"""Sums in place of means."""

# fails: nearest_mean
# reason: wrong_answer
# says: Divide


def class_means(x, y):
    return torch.stack([x[y == c].sum(dim=0) for c in range(int(y.max()) + 1)])
