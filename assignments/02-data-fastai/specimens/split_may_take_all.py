"""A training set of none."""
# fails: random_split
# hint: For few examples everything may be held out, and nothing is left to train on: at most n - 1.


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = max(round(valid_frac * n), 1)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    return order[n_valid:], order[:n_valid]
