"""Centres the data first."""

# fails: nearest_mean
# hint: You subtract the mean of all examples first. The means are those of the examples as they are.


def class_means(x, y):
    x = x - x.mean(0)
    return torch.stack([x[y == c].mean(0) for c in range(int(y.max()) + 1)])
