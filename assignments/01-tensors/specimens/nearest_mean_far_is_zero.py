"""Class 0 where no mean is near."""

# fails: nearest_mean


def nearest_mean(means, x):
    distances = torch.cdist(x, means)
    return torch.where(distances.amin(1) < 5, distances.argmin(1), 0)
