"""A number of numpy's for an int."""
# fails: receptive_field


def receptive_field(layers):
    r = 1
    for i, (k, _, _) in enumerate(layers):
        r += (k - 1) * np.prod([s for _, s, _ in layers[:i]])
    return r
