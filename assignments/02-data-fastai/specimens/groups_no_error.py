"""One group alone is no error."""
# fails: careful_splits
# says: must raise ValueError
# hint: With one group nothing can be held out: raise ValueError.


def group_split(groups, valid_frac, seed):
    names = sorted(set(groups))
    n_valid = min(max(round(valid_frac * len(names)), 1), len(names) - 1)
    order = torch.randperm(len(names), generator=torch.Generator().manual_seed(seed)).tolist()
    held_out = {names[i] for i in order[:n_valid]}
    train = [i for i, group in enumerate(groups) if group not in held_out]
    valid = [i for i, group in enumerate(groups) if group in held_out]
    return train, valid
