"""Everything may be held out."""
# fails: careful_splits


def group_split(groups, valid_frac, seed):
    names = sorted(set(groups))
    if len(names) < 2:
        raise ValueError("two groups at least")
    n_valid = max(round(valid_frac * len(names)), 1)
    order = torch.randperm(len(names), generator=torch.Generator().manual_seed(seed)).tolist()
    held_out = {names[i] for i in order[:n_valid]}
    train = [i for i, group in enumerate(groups) if group not in held_out]
    valid = [i for i, group in enumerate(groups) if group in held_out]
    return train, valid
