"""Squeezes, so that a single example loses its dimension."""

# fails: nearest_mean
# hint: squeeze() drops the dimension of a single example. The labels have shape (N,), for N = 1 too.


def nearest_mean(means, x):
    return torch.cdist(x, means).argmin(1).squeeze()
