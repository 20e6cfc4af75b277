"""int() for round()."""
# fails: random_split
# hint: int() cuts off: 0.29 * 100 is 28.999... in binary and becomes 28. round() gives 29.


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(int(valid_frac * n), 1), n - 1)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    return order[n_valid:], order[:n_valid]
