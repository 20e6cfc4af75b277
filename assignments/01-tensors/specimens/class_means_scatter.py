"""scatter_reduce with its mean; nearest by dropping the candidates one after the other."""

# fails: nothing


def class_means(x, y):
    out = torch.zeros(y.max() + 1, x.shape[-1])
    return out.scatter_reduce(0, y[:, None].expand_as(x), x, reduce="mean", include_self=False)


def nearest_mean(means, x):
    best = torch.full((len(x),), torch.inf)
    label = torch.zeros(len(x), dtype=torch.int64)
    for number, mean in enumerate(means):
        distance = torch.sum((x - mean) ** 2, dim=1)
        nearer = distance < best
        best = torch.where(nearer, distance, best)
        label = label.masked_fill(nearer, number)
    return label
