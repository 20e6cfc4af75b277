"""20 for 20 % is taken as it comes."""
# fails: random_split
# says: must raise ValueError


def random_split(n, valid_frac, seed):
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    return order[n_valid:], order[:n_valid]
