"""Each part by its own statistics."""
# fails: normaliser
# says: not by its own
# hint: You normalise the held-out part by its own statistics. A brighter set would look like any other; and a
#     single picture in use has none. Use the training part's.


def normalised_parts(x, train, valid):
    return normalise(x[train], *fit_normaliser(x[train])), normalise(x[valid], *fit_normaliser(x[valid]))
