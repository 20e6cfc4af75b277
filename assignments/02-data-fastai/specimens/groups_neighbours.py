"""Holds neighbours in the alphabet out, from a place that the seed says."""
# fails: careful_splits
# hint: The groups that you hold out are neighbours in the alphabet. Shuffle the names, then cut.


def group_split(groups, valid_frac, seed):
    names = sorted(set(groups))
    if len(names) < 2:
        raise ValueError
    k = min(max(round(valid_frac * len(names)), 1), len(names) - 1)
    start = seed % len(names)
    held = {names[(start + i) % len(names)] for i in range(k)}
    return [i for i, g in enumerate(groups) if g not in held], [i for i, g in enumerate(groups) if g in held]
