"""Trains on everything, validation included."""
# fails: random_split, make_dls
# says: leak
# hint: Your training part has all examples in it, the held-out ones too. What was trained on cannot judge: cut
#     the list in two.


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    return order, order[:n_valid]
