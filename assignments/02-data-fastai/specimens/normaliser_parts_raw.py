"""Its own statistics, without the case of a constant channel."""
# fails: normaliser


def normalised_parts(x, train, valid):
    mean = x[train].mean(dim=(0, 2, 3), keepdim=True)
    std = x[train].std(dim=(0, 2, 3), correction=0, keepdim=True)
    return (x[train] - mean) / std, (x[valid] - mean) / std
