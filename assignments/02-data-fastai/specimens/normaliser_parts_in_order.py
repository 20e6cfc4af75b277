"""The rows in sorted order."""
# fails: normaliser
# hint: The pictures come in the order of the lists train and valid: their labels will be taken in that order too.
#     Do not sort.


def normalised_parts(x, train, valid):
    mean, std = fit_normaliser(x[train])
    return normalise(x[sorted(train)], mean, std), normalise(x[sorted(valid)], mean, std)
