"""range(y.max()) leaves the last class out."""

# fails: nearest_mean
# reason: wrong_answer
# hint: The class with the largest number is missing: range(n) ends at n - 1. How many classes are there if the
#     largest label is y.max()?


def class_means(x, y):
    return torch.stack([x[y == c].mean(dim=0) for c in range(max(int(y.max()), 1))])
