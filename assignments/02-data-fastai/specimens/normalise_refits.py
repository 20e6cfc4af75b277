"""Fits to what it is given, whatever the statistics."""
# fails: normaliser
# hint: You fit again to the pictures that come in. The mean and deviation that are passed are the ones to use.


def normalise(x, mean, std):
    mean, std = fit_normaliser(x)
    return (x - mean[:, None, None]) / std[:, None, None]
