"""A validation set of none."""
# fails: random_split
# hint: For few examples your validation part, or your training part, is empty. At least 1, at most n - 1.


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = round(valid_frac * n)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    return order[n_valid:], order[:n_valid]
