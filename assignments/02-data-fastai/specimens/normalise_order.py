"""Divides first."""
# fails: normaliser
# hint: You divide before you subtract: the mean is then too large by the deviation. Brackets: (x - mean) / std.


def normalise(x, mean, std):
    return x / std[:, None, None] - mean[:, None, None]
