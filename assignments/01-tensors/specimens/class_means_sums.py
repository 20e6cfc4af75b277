"""Sums in place of means."""

# fails: nearest_mean
# reason: wrong_answer
# says: Divide
# hint: You add the examples of each class up, but do not divide by how many there are. Asked for is the mean.


def class_means(x, y):
    return torch.stack([x[y == c].sum(dim=0) for c in range(int(y.max()) + 1)])
