"""Divides by the number of all examples."""

# fails: nearest_mean
# reason: wrong_answer
# hint: You divide by the number of all examples. Divide each class's sum by how many examples that class has.


def class_means(x, y):
    return torch.stack([x[y == c].sum(dim=0) / len(x) for c in range(int(y.max()) + 1)])
