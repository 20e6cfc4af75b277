"""A block of neighbours that begins at a random place."""
# fails: random_split
# hint: You hold out a block of neighbours. In a sorted list neighbours belong to one class or writer: shuffle all
#     of it.


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    start = int(torch.randint(n, (), generator=torch.Generator().manual_seed(seed)))
    order = [(start + i) % n for i in range(n)]
    return order[n_valid:], order[:n_valid]
