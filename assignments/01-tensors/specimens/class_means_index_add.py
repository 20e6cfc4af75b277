"""index_add and bincount; nearest by a score without |x|²."""

# fails: nothing


def class_means(x, y):
    count = torch.bincount(y)
    total = torch.zeros(len(count), x.shape[1], dtype=x.dtype)
    total.index_add_(0, y, x)
    return total / count.unsqueeze(1)


def nearest_mean(means, x):
    scores = 2 * x @ means.T - (means**2).sum(dim=1)
    return torch.max(scores, dim=1).indices
