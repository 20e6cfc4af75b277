"""A small number under the line."""
# fails: normaliser


def normalise(x, mean, std):
    return (x - mean[:, None, None]) / (std[:, None, None] + 1e-7)
