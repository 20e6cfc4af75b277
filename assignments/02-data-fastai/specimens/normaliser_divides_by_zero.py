"""A constant channel has the deviation 0."""
# fails: normaliser
# hint: For a constant channel you return a deviation of 0, and dividing by it gives NaN. Put 1 in its place.


def fit_normaliser(x):
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)
