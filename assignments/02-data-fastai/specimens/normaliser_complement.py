"""The training part is whatever is not held out, in order."""
# fails: normaliser
# hint: The pictures are to come in the order of the two lists, because labels will be taken in that order too:
#     x[train], x[valid].


def normalised_parts(x, train, valid):
    keep = torch.ones(len(x), dtype=torch.bool)
    keep[valid] = False
    mean, std = fit_normaliser(x[keep])
    return normalise(x[keep], mean, std), normalise(x[~keep], mean, std)
