"""Each example by a coin: the sizes are random too."""
# fails: random_split, make_dls
# hint: You toss a coin for each example, so the number held out is random as well. It is to be round(valid_frac *
#     n).


def random_split(n, valid_frac, seed):
    if not 0 < valid_frac < 1:
        raise ValueError("valid_frac must lie between 0 and 1")
    if n < 2:
        raise ValueError("nothing to split")
    n_valid = min(max(round(valid_frac * n), 1), n - 1)
    held = torch.rand(n, generator=torch.Generator().manual_seed(seed)) < valid_frac
    return [i for i in range(n) if not held[i]], [i for i in range(n) if held[i]]
