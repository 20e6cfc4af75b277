"""Names that begin alike are one group."""
# fails: careful_splits


def group_split(groups, valid_frac, seed):
    names = sorted(set(groups))
    if len(names) < 2:
        raise ValueError("two groups at least")
    n_valid = min(max(round(valid_frac * len(names)), 1), len(names) - 1)
    order = torch.randperm(len(names), generator=torch.Generator().manual_seed(seed)).tolist()
    held_out = {names[i] for i in order[:n_valid]}
    train = [i for i, group in enumerate(groups) if not any(group.startswith(h) for h in held_out)]
    valid = [i for i, group in enumerate(groups) if any(group.startswith(h) for h in held_out)]
    return train, valid
