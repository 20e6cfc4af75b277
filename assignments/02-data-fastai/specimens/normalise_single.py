"""float32 inside, whatever comes."""
# fails: normaliser
# hint: You compute in float32 whatever comes: a float64 picture loses half of its digits.


def normalise(x, mean, std):
    y = (x.float() - mean.float().view(1, -1, 1, 1)) / std.float().view(1, -1, 1, 1)
    return y.to(x.dtype)
