"""Draws the held-out numbers with replacement."""
# fails: random_split, make_dls
# hint: You draw with replacement: some are held out twice, and fewer than asked for are held out. randperm draws
#     without.


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    valid = torch.randint(n, (n_valid,), generator=torch.Generator().manual_seed(seed)).tolist()
    return [i for i in range(n) if i not in valid], valid
