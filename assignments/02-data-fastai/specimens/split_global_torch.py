"""Seeds torch's shared generator."""
# fails: random_split
# hint: torch.manual_seed resets the generator that all code shares: your caller's next random numbers are
#     changed. Make one of your own, torch.Generator().manual_seed(seed).


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    torch.manual_seed(seed)
    order = torch.randperm(n).tolist()
    return order[n_valid:], order[:n_valid]
