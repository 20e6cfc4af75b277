"""Means by a matrix product with one-hot labels."""

# fails: nothing


def class_means(x, y):
    chosen = F.one_hot(y, int(y.max()) + 1).to(x.dtype)
    return (chosen.T @ x) / chosen.sum(dim=0)[:, None]


def nearest_mean(means, x):
    return torch.cdist(x, means).argmin(1)
