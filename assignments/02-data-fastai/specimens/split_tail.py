"""The last fifth of a sorted list."""
# fails: random_split, make_dls
# hint: You hold out the end of the list. Sorted by name, that is one writer or one class: shuffle first.


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    order = list(range(n))
    return order[: n - n_valid], order[n - n_valid :]
