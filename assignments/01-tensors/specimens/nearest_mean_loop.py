"""numpy and a loop over the examples."""

# fails: nothing


def class_means(x, y):
    x, y = x.numpy(), y.numpy()
    return torch.from_numpy(np.stack([x[y == c].mean(axis=0) for c in np.unique(y)]))


def nearest_mean(means, x):
    return torch.tensor([int(((means - one) ** 2).sum(1).argmin()) for one in x])
