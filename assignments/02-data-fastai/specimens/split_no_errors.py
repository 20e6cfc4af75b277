"""20 for 20 % is taken as it comes."""
# fails: random_split
# says: must raise ValueError
# hint: valid_frac=20, where 0.2 was meant, goes through unnoticed. Raise ValueError unless it lies strictly
#     between 0 and 1.


def random_split(n, valid_frac, seed):
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    return order[n_valid:], order[:n_valid]
