"""Takes a channel of little contrast for a constant one."""
# fails: normaliser
# hint: You put 1 for every small deviation. Only a channel that is constant gets it.


def fit_normaliser(x):
    mean, std = x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)
    std[std < 1e-2] = 1.0
    return mean, std
