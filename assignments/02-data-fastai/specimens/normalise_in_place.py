"""Writes into the caller's pictures."""
# fails: normaliser
# hint: You write into the pictures that came in: normalise them twice, and they are wrong. Make a new tensor.


def normalise(x, mean, std):
    return x.sub_(mean[:, None, None]).div_(std[:, None, None])
