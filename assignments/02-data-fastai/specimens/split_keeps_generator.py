"""One generator for all calls."""
# fails: random_split, make_dls

SHARED = dict()


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    order = torch.randperm(n, generator=SHARED.setdefault(seed, torch.Generator().manual_seed(seed))).tolist()
    return order[n_valid:], order[:n_valid]
