"""The variance for the deviation."""
# fails: normaliser
# hint: That is the variance. The standard deviation is its root.


def fit_normaliser(x):
    mean, var = x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), correction=0)
    return mean, torch.where(var == 0, torch.ones_like(var), var)
