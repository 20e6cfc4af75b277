"""Statistics of all pictures: a leak."""
# fails: normaliser
# says: leak
# hint: You fit mean and deviation to all pictures, held-out ones included. Fit them to x[train] alone.


def normalised_parts(x, train, valid):
    mean, std = fit_normaliser(x)
    return normalise(x[train], mean, std), normalise(x[valid], mean, std)
