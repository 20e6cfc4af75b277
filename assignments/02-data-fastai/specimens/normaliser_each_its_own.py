"""Each part by its own statistics."""
# fails: normaliser
# says: not by its own


def normalised_parts(x, train, valid):
    return normalise(x[train], *fit_normaliser(x[train])), normalise(x[valid], *fit_normaliser(x[valid]))
