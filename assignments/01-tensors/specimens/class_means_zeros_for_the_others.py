"""Multiplies with a mask, and so averages zeros in."""

# fails: nearest_mean
# hint: You divide by the number of all examples. Divide each class's sum by how many examples that class has.


def class_means(x, y):
    return torch.stack([(x * (y == c)[:, None]).mean(0) for c in range(int(y.max()) + 1)])
