"""The means are what a least-squares fit of one-hot labels finds; nearest by the root of the distance."""

# fails: nothing


def class_means(x, y):
    chosen = torch.eye(int(y.max()) + 1, dtype=torch.float64)[y]
    return torch.linalg.lstsq(chosen, x.double()).solution.to(x.dtype)


def nearest_mean(means, x):
    return torch.min(torch.cdist(x1=x, x2=means, p=2.0), dim=-1)[1]
