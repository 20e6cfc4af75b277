"""Always the first groups of the alphabet."""
# fails: careful_splits
# hint: You always hold out the same groups, whatever the seed. Shuffle the names.


def group_split(groups, valid_frac, seed):
    names = sorted(set(groups))
    if len(names) < 2:
        raise ValueError("two groups at least")
    n_valid = min(max(round(valid_frac * len(names)), 1), len(names) - 1)
    order = list(range(len(names)))
    held_out = {names[i] for i in order[:n_valid]}
    train = [i for i, group in enumerate(groups) if group not in held_out]
    valid = [i for i, group in enumerate(groups) if group in held_out]
    return train, valid
