"""Squeezes, so that a single class or dimension is lost."""

# fails: nearest_mean
# hint: squeeze() drops a class or a dimension where there is only one. The result is always (C, D): leave it out.


def class_means(x, y):
    return torch.stack([x[y == c].mean(0) for c in range(int(y.max()) + 1)]).squeeze()
