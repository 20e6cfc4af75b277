"""Large groups are held out more often."""
# fails: careful_splits
# hint: You shuffle the rows and take the groups in the order in which they turn up: large groups come first.
#     Shuffle the names.


def group_split(groups, valid_frac, seed):
    names = sorted(set(groups))
    if len(names) < 2:
        raise ValueError("two groups at least")
    n_valid = min(max(round(valid_frac * len(names)), 1), len(names) - 1)
    shuffled = [groups[i] for i in torch.randperm(len(groups), generator=torch.Generator().manual_seed(seed)).tolist()]
    order = [names.index(g) for g in dict.fromkeys(shuffled)]
    held_out = {names[i] for i in order[:n_valid]}
    train = [i for i, group in enumerate(groups) if group not in held_out]
    valid = [i for i, group in enumerate(groups) if group in held_out]
    return train, valid
