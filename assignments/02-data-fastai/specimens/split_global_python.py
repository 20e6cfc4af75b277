"""Seeds Python's shared generator."""
# fails: random_split
# hint: random.seed resets the generator that all code shares. random.Random(seed) is one of your own.


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    import random

    random.seed(seed)
    order = list(range(n))
    random.shuffle(order)
    return order[n_valid:], order[:n_valid]
