"""float32 inside, whatever comes."""
# fails: normaliser


def normalise(x, mean, std):
    y = (x.float() - mean.float().view(1, -1, 1, 1)) / std.float().view(1, -1, 1, 1)
    return y.to(x.dtype)
