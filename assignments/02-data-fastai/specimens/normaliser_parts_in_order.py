"""The rows in sorted order."""
# fails: normaliser


def normalised_parts(x, train, valid):
    mean, std = fit_normaliser(x[train])
    return normalise(x[sorted(train)], mean, std), normalise(x[sorted(valid)], mean, std)
