"""range(y.max()) leaves the last class out."""

# fails: nearest_mean
# reason: wrong_answer


def class_means(x, y):
    return torch.stack([x[y == c].mean(dim=0) for c in range(max(int(y.max()), 1))])
